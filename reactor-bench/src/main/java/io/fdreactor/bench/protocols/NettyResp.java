// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import io.fdreactor.bench.harness.NettyTransport;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keys and values in memory, on Netty and its codec for Redis: as much of the example {@code resp} as redis-benchmark is
 * let loose on. Its map belongs to the one event loop. What was read together is answered with one flush.
 */
public final class NettyResp extends ChannelInboundHandlerAdapter {
    private static final int MAX_WORDS = 16;
    private static final int MAX_DEPTH = 1;

    private final Map<ByteBuffer, byte[]> values;

    private NettyResp(Map<ByteBuffer, byte[]> values) {
        this.values = values;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            context.write(
                    message instanceof ArrayRedisMessage request
                            ? reply(request.children())
                            : new ErrorRedisMessage("ERR a request is an array"));
        } catch (NumberFormatException e) {
            context.write(new ErrorRedisMessage("ERR value is not an integer or out of range"));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private RedisMessage reply(List<RedisMessage> request) {
        String name = new String(bytes(request.get(0)), StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        return switch (name) {
            case "SET" -> {
                values.put(ByteBuffer.wrap(bytes(request.get(1))), bytes(request.get(2)));
                yield FixedRedisMessagePool.INSTANCE.getSimpleString("OK");
            }
            case "GET" -> {
                byte[] value = values.get(ByteBuffer.wrap(bytes(request.get(1))));
                yield value == null
                        ? FullBulkStringRedisMessage.NULL_INSTANCE
                        : new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(value));
            }
            case "INCR" -> new IntegerRedisMessage(increment(ByteBuffer.wrap(bytes(request.get(1)))));
            case "CONFIG" -> ArrayRedisMessage.EMPTY_INSTANCE; // redis-benchmark asks for it, and can do without
            default -> new ErrorRedisMessage("ERR unknown command");
        };
    }

    private long increment(ByteBuffer key) {
        byte[] value = values.get(key);
        long number =
                value == null ? 1 : Math.addExact(Long.parseLong(new String(value, StandardCharsets.US_ASCII)), 1);
        values.put(key, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        return number;
    }

    private static byte[] bytes(RedisMessage word) {
        return ByteBufUtil.getBytes(((FullBulkStringRedisMessage) word).content());
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
        Map<ByteBuffer, byte[]> values = new HashMap<>();
        NettyTransport.valueOf(args[0])
                .serve(
                        "resp",
                        () -> List.of(
                                new RedisDecoder(),
                                new RedisBulkStringAggregator(),
                                new RedisArrayAggregator(MAX_WORDS, MAX_DEPTH),
                                new RedisEncoder(),
                                new NettyResp(values)));
    }
}
