import { randomUUID } from "node:crypto";
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  Post,
  UnauthorizedException,
  UseGuards,
} from "@nestjs/common";
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from "@nestjs/swagger";
import type { Request } from "express";
import { accessToken, planted } from "../planted.js";
import { LoginDto, ProblemDto, ProfileDto, SessionDto } from "./dto.js";

const demo = { email: "demo@example.com", password: "demo-password" };
const sessions = new Set([accessToken]);

@Injectable()
export class BearerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { authorization = "" } = context.switchToHttp().getRequest<Request>().headers;
    if (planted("any-bearer-accepted") && authorization.startsWith("Bearer ")) return true;
    if (!sessions.has(authorization.replace(/^Bearer /, ""))) throw new UnauthorizedException();
    return true;
  }
}

@ApiTags("auth")
@Controller("auth")
export class AuthController {
  @Post("login")
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  @ApiBadRequestResponse({ type: ProblemDto })
  @ApiUnauthorizedResponse({ type: ProblemDto })
  login(@Body() body: LoginDto): SessionDto {
    if (body.email !== demo.email || body.password !== demo.password) throw new UnauthorizedException();
    const token = randomUUID();
    sessions.add(token);
    const answer = { accessToken: token, expiresIn: planted("expires-in-zero") ? 0 : 3600 };
    return planted("password-echoed") ? Object.assign(answer, { password: body.password }) : answer;
  }

  @Get("profile")
  @UseGuards(BearerGuard)
  @ApiBearerAuth()
  @ApiOkResponse({ type: ProfileDto })
  @ApiUnauthorizedResponse({ type: ProblemDto })
  profile(): ProfileDto {
    const lastLoginAt = new Date().toISOString();
    return {
      email: demo.email,
      lastLoginAt: planted("zone-missing") ? lastLoginAt.slice(0, 19) : lastLoginAt,
    };
  }
}
