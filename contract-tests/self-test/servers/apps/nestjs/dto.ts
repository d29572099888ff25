import { ApiProperty, ApiPropertyOptional, PartialType } from "@nestjs/swagger";
import { Type } from "class-transformer";
import {
  IsBoolean,
  IsEmail,
  IsEnum,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from "class-validator";

export enum Tier {
  free = "free",
  pro = "pro",
  enterprise = "enterprise",
}

export class LoginDto {
  @ApiProperty({ format: "email", example: "demo@example.com" })
  @IsEmail()
  email: string;

  @ApiProperty({ minLength: 8, maxLength: 64, example: "demo-password", writeOnly: true })
  @IsString()
  @Length(8, 64)
  password: string;
}

export class SessionDto {
  @ApiProperty()
  accessToken: string;

  @ApiProperty({ type: "integer", minimum: 1 })
  expiresIn: number;
}

export class ProfileDto {
  @ApiProperty({ format: "email" })
  email: string;

  @ApiProperty({ format: "date-time" })
  lastLoginAt: string;
}

export class CreateCustomerDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name: string;

  @ApiProperty({ enum: Tier })
  @IsEnum(Tier)
  tier: Tier;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(0, 200)
  company?: string;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  newsletter?: boolean;
}

export class UpdateCustomerDto extends PartialType(CreateCustomerDto) {}

export class CustomerDto extends CreateCustomerDto {
  @ApiProperty({ type: "integer" })
  id: number;

  @ApiProperty({ format: "date-time" })
  createdAt: string;

  @ApiProperty({ format: "date-time" })
  updatedAt: string;
}

export class CustomerPageDto {
  @ApiProperty({ type: [CustomerDto] })
  data: CustomerDto[];

  @ApiProperty({ type: "integer", minimum: 0 })
  total: number;

  @ApiProperty({ type: "integer" })
  page: number;
}

export class ListCustomersQuery {
  @ApiPropertyOptional({ type: "integer", minimum: 1, maximum: 1000, default: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  page?: number;

  @ApiPropertyOptional({ type: "integer", minimum: 1, maximum: 50, default: 10 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit?: number;

  @ApiPropertyOptional({ enum: Tier })
  @IsOptional()
  @IsEnum(Tier)
  tier?: Tier;
}

export class CreateOrderDto {
  @ApiProperty({ minLength: 1, maxLength: 60 })
  @IsString()
  @Length(1, 60)
  sku: string;

  @ApiProperty({ type: "integer", minimum: 1, maximum: 99 })
  @IsInt()
  @Min(1)
  @Max(99)
  quantity: number;

  @ApiPropertyOptional({ format: "date-time" })
  @IsOptional()
  @IsISO8601({ strict: true })
  deliverAt?: string;
}

export class OrderDto extends CreateOrderDto {
  @ApiProperty({ format: "uuid" })
  orderId: string;

  @ApiProperty({ type: "integer" })
  customerId: number;

  @ApiProperty({ format: "date-time" })
  createdAt: string;
}

export class AvatarDto {
  @ApiProperty()
  url: string;

  @ApiProperty({ type: "integer", minimum: 0 })
  size: number;
}

export class UploadDto {
  @ApiProperty({ type: "string", format: "binary" })
  file: unknown;
}

export class ProblemDto {
  @ApiProperty({ type: "integer" })
  statusCode: number;

  @ApiProperty({ oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] })
  message: string | string[];

  @ApiPropertyOptional()
  error?: string;
}
