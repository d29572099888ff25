import { randomUUID } from "node:crypto";
import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  UploadedFile,
  UseGuards,
  UseInterceptors,
} from "@nestjs/common";
import { FileInterceptor } from "@nestjs/platform-express";
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
  ApiUnauthorizedResponse,
} from "@nestjs/swagger";
import { planted } from "../planted.js";
import { BearerGuard } from "./auth.js";
import {
  AvatarDto,
  CreateCustomerDto,
  CreateOrderDto,
  CustomerDto,
  CustomerPageDto,
  ListCustomersQuery,
  OrderDto,
  ProblemDto,
  Tier,
  UpdateCustomerDto,
  UploadDto,
} from "./dto.js";

const customers = new Map<number, CustomerDto>();
const orders = new Map<string, OrderDto>();
let lastId = 0;
const now = () => new Date().toISOString();

function add(fields: CreateCustomerDto): CustomerDto {
  const customer = { ...fields, id: ++lastId, createdAt: now(), updatedAt: now() };
  customers.set(customer.id, customer);
  return customer;
}
for (const [index, tier] of [Tier.free, Tier.pro, Tier.free, Tier.enterprise].entries())
  add({ name: `Customer ${index + 1}`, tier });

function find(id: number): CustomerDto {
  const customer = customers.get(id);
  if (!customer) throw new NotFoundException();
  return customer;
}

@ApiTags("customers")
@ApiBearerAuth()
@UseGuards(BearerGuard)
@ApiBadRequestResponse({ type: ProblemDto })
@ApiUnauthorizedResponse({ type: ProblemDto })
@Controller("customers")
export class CustomersController {
  @Post()
  @ApiCreatedResponse({ type: CustomerDto })
  create(@Body() body: CreateCustomerDto) {
    const stored = planted("company-lost-on-create") ? { ...body, company: undefined } : body;
    const customer = add(planted("tier-defaults-to-free") ? { ...stored, tier: Tier.free } : stored);
    return planted("id-as-text-on-create") ? { ...customer, id: String(customer.id) } : customer;
  }

  @Get()
  @ApiOkResponse({ type: CustomerPageDto })
  list(@Query() { page = 1, limit = 10, tier }: ListCustomersQuery): CustomerPageDto {
    let found = [...customers.values()];
    if (tier && !planted("filter-ignored"))
      found = found.filter((each) => (planted("filter-inverted") ? each.tier !== tier : each.tier === tier));
    if (planted("list-omits-new")) found = found.filter(({ id }) => id <= 4);
    const from = planted("page-counts-from-zero") ? page * limit : (page - 1) * limit;
    const data = planted("limit-ignored") ? found.slice(from) : found.slice(from, from + limit);
    return { data, total: planted("total-is-page-length") ? data.length : found.length, page };
  }

  @Get(":id")
  @ApiParam({ name: "id", type: "integer" })
  @ApiOkResponse({ type: CustomerDto })
  @ApiNotFoundResponse({ type: ProblemDto })
  read(@Param("id", ParseIntPipe) id: number) {
    const customer = planted("missing-500") ? (customers.get(id) as CustomerDto) : find(id);
    return planted("missing-500") ? { ...customer, name: customer.name } : customer;
  }

  @Patch(":id")
  @ApiParam({ name: "id", type: "integer" })
  @ApiOkResponse({ type: CustomerDto })
  @ApiNotFoundResponse({ type: ProblemDto })
  update(@Param("id", ParseIntPipe) id: number, @Body() body: UpdateCustomerDto) {
    const old = find(id);
    const base = planted("patch-wipes") ? { ...old, company: undefined, newsletter: undefined } : old;
    const changes = planted("patch-ignores-false")
      ? Object.fromEntries(Object.entries(body).filter(([, value]) => value))
      : body;
    const customer = { ...base, ...changes, updatedAt: now() };
    if (!planted("patch-lost")) customers.set(id, customer);
    return planted("patch-answers-old") ? old : customer;
  }

  @Delete(":id")
  @HttpCode(204)
  @ApiParam({ name: "id", type: "integer" })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: ProblemDto })
  remove(@Param("id", ParseIntPipe) id: number): void {
    find(id);
    if (!planted("delete-keeps")) customers.delete(id);
  }

  @Post(":id/orders")
  @ApiParam({ name: "id", type: "integer" })
  @ApiCreatedResponse({ type: OrderDto })
  @ApiNotFoundResponse({ type: ProblemDto })
  order(@Param("id", ParseIntPipe) customerId: number, @Body() body: CreateOrderDto): OrderDto {
    find(customerId);
    const deliverAt =
      planted("delivery-date-cut") && body.deliverAt
        ? { deliverAt: `${body.deliverAt.slice(0, 10)}T00:00:00Z` }
        : {};
    const order = { ...body, ...deliverAt, orderId: randomUUID(), customerId, createdAt: now() };
    if (!planted("order-not-stored")) orders.set(order.orderId, order);
    return order;
  }

  @Post(":id/avatar")
  @UseInterceptors(FileInterceptor("file"))
  @ApiConsumes("multipart/form-data")
  @ApiBody({ type: UploadDto, required: true })
  @ApiParam({ name: "id", type: "integer" })
  @ApiCreatedResponse({ type: AvatarDto })
  @ApiNotFoundResponse({ type: ProblemDto })
  avatar(@Param("id", ParseIntPipe) id: number, @UploadedFile() file?: Express.Multer.File): AvatarDto {
    find(id);
    if (!file) throw new BadRequestException("file is missing");
    const url = `/avatars/${id}/${randomUUID()}`;
    return planted("avatar-url-null") ? { url: null as never, size: file.size } : { url, size: file.size };
  }
}

@ApiTags("orders")
@ApiBearerAuth()
@UseGuards(BearerGuard)
@ApiBadRequestResponse({ type: ProblemDto })
@ApiUnauthorizedResponse({ type: ProblemDto })
@Controller("orders")
export class OrdersController {
  @Get(":orderId")
  @ApiParam({ name: "orderId", type: "string", format: "uuid" })
  @ApiOkResponse({ type: OrderDto })
  @ApiNotFoundResponse({ type: ProblemDto })
  read(@Param("orderId", ParseUUIDPipe) orderId: string): OrderDto {
    const order = orders.get(orderId);
    if (!order) throw new NotFoundException();
    return planted("quantity-as-text") ? { ...order, quantity: String(order.quantity) as never } : order;
  }
}
