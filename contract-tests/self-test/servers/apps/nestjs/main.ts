import "reflect-metadata";
import { Module, ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { DocumentBuilder, SwaggerModule } from "@nestjs/swagger";
import { port } from "../planted.js";
import { AuthController } from "./auth.js";
import { CustomersController, OrdersController } from "./customers.js";

/** Customers and their orders, as teams write it with NestJS: DTOs, class-validator and decorators. */
@Module({ controllers: [AuthController, CustomersController, OrdersController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ["error"] });
app.setGlobalPrefix("api/v1");
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
const config = new DocumentBuilder().setTitle("Customers").setVersion("3.0.0").addBearerAuth().build();
SwaggerModule.setup("docs", app, () => SwaggerModule.createDocument(app, config), {
  jsonDocumentUrl: "openapi.json",
  ui: false,
});
await app.listen(port, "127.0.0.1");
