// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.NettyTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Says hello on Netty, byte for byte as the example {@code http} does. What can be had ready-made is: the body and the
 * names of the fields, and the date, once a second. What was read together is answered with one flush.
 */
public final class NettyHttp extends ChannelInboundHandlerAdapter {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final ByteBuf BODY = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("hello\n".getBytes(StandardCharsets.US_ASCII)));
    private static final AsciiString LENGTH = AsciiString.cached(String.valueOf(BODY.readableBytes()));

    /** Of the one event loop. */
    private static long dateSeconds = -1;

    private static AsciiString date = AsciiString.EMPTY_STRING;

    private boolean keepsAlive = true;

    private NettyHttp() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            keepsAlive = HttpUtil.isKeepAlive(request);
        }
        if (message instanceof LastHttpContent) {
            FullHttpResponse response = hello();
            if (keepsAlive) {
                context.write(response);
            } else {
                context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
        }
        ReferenceCountUtil.release(message);
    }

    private static FullHttpResponse hello() {
        DefaultHttpHeadersFactory unchecked =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, BODY.duplicate(), unchecked, unchecked);
        response.headers()
                .set(HttpHeaderNames.DATE, date())
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH);
        return response;
    }

    private static AsciiString date() {
        long nowSeconds = System.currentTimeMillis() / 1000;
        if (nowSeconds != dateSeconds) {
            dateSeconds = nowSeconds;
            date = new AsciiString(DATE.format(Instant.ofEpochSecond(nowSeconds)));
        }
        return date;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** Serves on the transport that is named. */
    public static void main(String[] args) throws InterruptedException {
        NettyTransport.valueOf(args[0]).serve("http", () -> List.of(new HttpServerCodec(), new NettyHttp()));
    }
}
