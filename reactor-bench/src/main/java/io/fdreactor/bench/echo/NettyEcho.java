// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.NettyTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;

/** Netty's echo server, as its own example has it: writes what was read, and flushes once all of it is written. */
public final class NettyEcho extends ChannelInboundHandlerAdapter {
    private NettyEcho() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object data) {
        context.write(data);
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
        NettyTransport.valueOf(args[0]).serve(EchoServers.LOOP, () -> List.of(new NettyEcho()));
    }
}
