package dev.sluice.local.kinesis;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// One connection: whole requests in, whole answers out, one after the other (no client of this
/// service pipelines).
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final KinesisProtocol protocol;

    HttpExchange(KinesisProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        byte[] body = ByteBufUtil.getBytes(request.content());
        String target = request.headers().get("X-Amz-Target", "");
        String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        String path = request.uri();
        HttpMethod method = request.method();
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Thread.ofVirtual()
                .start(
                        () -> {
                            Answer answer =
                                    path.equals("/") && method.equals(HttpMethod.POST)
                                            ? protocol.answer(target, contentType, body)
                                            : nothingHere(method + " " + path);
                            send(context, answer, keepAlive);
                        });
    }

    private static Answer nothingHere(String what) {
        return Answer.plain(
                404, "text/plain", ("Nothing at " + what).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        if (answer.delay().isZero()) {
            sendNow(context, answer, keepAlive);
        } else {
            var _ =
                    context.executor()
                            .schedule(
                                    () -> sendNow(context, answer, keepAlive),
                                    answer.delay().toNanos(),
                                    TimeUnit.NANOSECONDS);
        }
    }

    private static void sendNow(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        if (answer.dropped()) {
            var _ = context.close();
            return;
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        Unpooled.wrappedBuffer(answer.body(), 0, answer.length()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length())
                .set("x-amzn-RequestId", UUID.randomUUID().toString());
        if (!answer.errorType().isEmpty()) {
            response.headers().set("x-amzn-ErrorType", answer.errorType());
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        if (keepAlive) {
            var _ = context.writeAndFlush(response, context.voidPromise());
        } else {
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) { // a client that goes away is no news
            LOG.warn("connection from {} failed", context.channel().remoteAddress(), cause);
        }
        var _ = context.close();
    }
}
