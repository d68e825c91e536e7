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
    private final ChannelGroup connections =
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel listener;

    HttpFront(int port, KinesisProtocol protocol, FaultEndpoint faults) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(1024, 16 << 10, MAX_READ))
                        .childHandler(initializer(protocol, faults));
        try {
            listener =
                    bootstrap
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .syncUninterruptibly()
                            .channel();
        } catch (RuntimeException e) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private ChannelInitializer<SocketChannel> initializer(
            KinesisProtocol protocol, FaultEndpoint faults) {
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
                        .addLast(new HttpExchange(protocol, faults));
            }
        };
    }

    URI endpoint() {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /// Stops listening and closes all connections.
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
