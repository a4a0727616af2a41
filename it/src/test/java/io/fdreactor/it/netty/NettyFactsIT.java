// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the adapter is written around, shown on Netty alone: if one of these fails, Netty has changed, and it may too. */
class NettyFactsIT {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), NioIoHandler.newFactory(), ticker);
    private final List<Pipe> pipes = new ArrayList<>();
    private final List<Handle> handles = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        end();
        for (Pipe pipe : pipes) {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    private void end() {
        loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!loop.isTerminated()) {
            ticker.advance(1, TimeUnit.MILLISECONDS);
            loop.runNow();
        }
    }

    /** A handle as Netty makes them for channels that aren't its own. */
    private static final class Handle extends NioSelectableChannelIoHandle<Pipe.SourceChannel> {
        Runnable action = () -> {};
        IoRegistration registration;
        int called;

        Handle(Pipe.SourceChannel channel) {
            super(channel);
        }

        @Override
        protected void handle(Pipe.SourceChannel channel, SelectionKey key) {
            called++;
            action.run();
        }
    }

    /** Registers a channel that has input. */
    private Handle ready() throws Exception {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.allocate(1));
        Handle handle = new Handle(pipe.source());
        handle.registration = loop.register(handle).get();
        handle.registration.submit(NioIoOps.READ);
        handles.add(handle);
        return handle;
    }

    /** Whoever of two is called first does this to the other. */
    private void atFirst(Runnable action) {
        for (Handle handle : handles) {
            handle.action = () -> {
                if (handles.stream().mapToInt(each -> each.called).sum() == 1) {
                    action.run();
                }
            };
        }
    }

    @Test
    void aTaskGivenAfterTheEndIsNeitherRefusedNorRun() {
        end();
        List<String> run = new ArrayList<>();

        CompletableFuture.runAsync(() -> loop.execute(() -> run.add("task"))).join();

        loop.runNow();
        assertThat(run).isEmpty();
    }

    @Test
    void whatIsScheduledOffTheLoopsThreadAndDueWhenSeenIsRunInTheOrderOfScheduling() {
        List<String> run = new ArrayList<>();
        CompletableFuture.runAsync(() -> {
                    loop.schedule(() -> run.add("due at 2 ms"), 2, TimeUnit.MILLISECONDS);
                    loop.schedule(() -> run.add("due at 1 ms"), 1, TimeUnit.MILLISECONDS);
                })
                .join();
        ticker.advance(3, TimeUnit.MILLISECONDS);

        loop.runNow();

        assertThat(run).containsExactly("due at 2 ms", "due at 1 ms");
    }

    @Test
    void aTaskThatATaskAddsIsRunInTheSameTurn() {
        List<String> run = new ArrayList<>();
        loop.execute(() -> loop.execute(() -> run.add("inner")));

        loop.runNow();

        assertThat(run).containsExactly("inner");
    }

    @Test
    void aChannelThatIsCancelledByAnothersHandleIsClosed() throws Exception {
        ready();
        ready();
        atFirst(() -> handles.stream().filter(each -> each.called == 0).forEach(each -> each.registration.cancel()));

        loop.runNow();

        assertThat(handles)
                .filteredOn(each -> each.called == 0)
                .singleElement()
                .satisfies(each -> assertThat(each.selectableChannel().isOpen()).isFalse());
    }

    @Test
    void whatAHandleThrowsEndsTheBatch() throws Exception {
        ready();
        ready();
        atFirst(() -> {
            throw new IllegalStateException("a test's");
        });

        loop.runNow();

        assertThat(handles.stream().mapToInt(each -> each.called).sum()).isEqualTo(1);
    }
}
