package dev.sluice.local.kinesis;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/// HTTP/1.1 on 127.0.0.1. Event loops move bytes; each request is answered on a virtual thread of
/// its own, so that a slow disk holds up nobody else's connection.
final class HttpFront implements AutoCloseable {

    /// 10 MiB of data as base64, with keys and names to spare.
    private static final int MAX_BODY = 20 << 20;

    private static final int MAX_READ = 1 << 20;
    private static final int MAX_LINE = 16 << 10;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(0, NioIoHandler.newFactory());
    private volatile ChannelGroup connections = open();
    private final ServerBootstrap bootstrap;
    private final int port;
    private Channel listener;

    HttpFront(int port, KinesisProtocol protocol) {
        bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(1024, 16 << 10, MAX_READ))
                        .childHandler(initializer(protocol));
        try {
            listener = listen(port);
        } catch (RuntimeException e) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        this.port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private Channel listen(int wantedPort) {
        return bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort))
                .syncUninterruptibly()
                .channel();
    }

    private ChannelInitializer<SocketChannel> initializer(KinesisProtocol protocol) {
        HttpDecoderConfig decoding =
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_LINE)
                        .setMaxChunkSize(MAX_READ);
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                channel.pipeline()
                        .addLast(new HttpServerCodec(decoding))
                        .addLast(new HttpObjectAggregator(MAX_BODY))
                        .addLast(new HttpExchange(protocol));
            }
        };
    }

    /// What joins it after it was closed is closed too.
    private static ChannelGroup open() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Stops listening and closes all connections.
    synchronized void goAway() {
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
    }

    synchronized boolean isAway() {
        return !listener.isOpen();
    }

    /// Listens again on the same port; does nothing when it does already.
    synchronized void comeBack() {
        if (!listener.isOpen()) {
            connections = open();
            listener = listen(port);
        }
    }

    @Override
    public void close() {
        goAway();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
