// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.function.Supplier;

/** What a Netty server runs on here: one event loop that accepts and serves, and otherwise Netty's own defaults. */
public enum NettyTransport {
    EPOLL("Netty epoll", EpollServerSocketChannel.class),
    NIO("Netty NIO", NioServerSocketChannel.class);

    /** What it is called in the tables. */
    public final String who;

    private final Class<? extends ServerChannel> channel;

    NettyTransport(String who, Class<? extends ServerChannel> channel) {
        this.who = who;
        this.channel = channel;
    }

    /**
     * Listens on a free port of the loopback, says so on standard output, and serves until the process ends.
     *
     * @param loop what its event loop's thread is called
     * @param handlers makes the handlers of a connection
     */
    public void serve(String loop, Supplier<List<ChannelHandler>> handlers) throws InterruptedException {
        IoHandlerFactory io = this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(loop), io);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        handlers.get().forEach(handler -> connection.pipeline().addLast(handler));
                    }
                });
        System.out.println(
                "listening: " + bootstrap.bind("127.0.0.1", 0).sync().channel().localAddress());
    }
}
