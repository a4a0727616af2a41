// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.net.Transport;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a handler has thrown, and after a write has failed in the middle of a frame, nothing more gets through. */
class ReceiverFailureTest {
    /** What a handler is told, and what it throws when it is told "bad". */
    private static final class Handler {
        final List<String> told = new ArrayList<>();
        Throwable failure = new IllegalStateException("as planned");

        void handle(ByteBuffer frame, FrameReceiver receiver) {
            String text = ISO_8859_1.decode(frame).toString();
            told.add(text);
            if (text.equals("wait")) {
                receiver.pauseProducing();
            }
            if (text.equals("bad")) {
                ReceiverFailureTest.<RuntimeException>sneak(failure);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private enum Kind {
        LINES("%s\r\n"),
        RAW("%s\r\n"),
        PREFIXED("%s"),
        NETSTRINGS("%s");

        private final String form;

        Kind(String form) {
            this.form = form;
        }

        String frame(String content) {
            return switch (this) {
                case LINES, RAW -> form.formatted(content);
                case PREFIXED -> (char) content.length() + content;
                case NETSTRINGS -> content.length() + ":" + content + ",";
            };
        }

        FrameReceiver receiver(Handler handler) {
            return switch (this) {
                case LINES ->
                    new LineReceiver() {
                        @Override
                        protected void lineReceived(ByteBuffer line) {
                            handler.handle(line, this);
                        }
                    };
                case RAW ->
                    new LineReceiver() {
                        @Override
                        protected void lineReceived(ByteBuffer line) {
                            handler.handle(line, this);
                            setRawMode();
                        }

                        @Override
                        protected void rawDataReceived(ByteBuffer data) {
                            byte[] line = new byte[3];
                            data.get(line);
                            setLineMode();
                            handler.handle(ByteBuffer.wrap(line), this);
                        }
                    };
                case PREFIXED ->
                    new IntNStringReceiver(1, 100) {
                        @Override
                        protected void stringReceived(ByteBuffer string) {
                            handler.handle(string, this);
                        }
                    };
                case NETSTRINGS ->
                    new NetstringReceiver() {
                        @Override
                        protected void stringReceived(ByteBuffer string) {
                            handler.handle(string, this);
                        }
                    };
            };
        }
    }

    private final Handler handler = new Handler();

    @ParameterizedTest
    @EnumSource
    void aHandlerThatThrowsWhileWhatWasKeptIsDeliveredEndsTheConnection(Kind kind) {
        for (Throwable failure : List.of(
                new IllegalStateException("as planned"), new AssertionError("as planned"), new StackOverflowError())) {
            handler.failure = failure;
            handler.told.clear();
            FrameReceiver receiver = kind.receiver(handler);
            MemoryTransport transport = MemoryTransport.of(receiver);
            transport.receive(kind.frame("wait") + kind.frame("bad") + kind.frame("smuggled"));
            assertThatThrownBy(receiver::resumeProducing).isSameAs(failure);
            assertThat(transport.isAborted()).isTrue();
            receiver.resumeProducing();
            receiver.dataReceived(ISO_8859_1.encode(kind.frame("more")));
            assertThat(handler.told).containsExactly("wait", "bad");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RAW")
    void aHandlerThatThrowsIsGivenNoMoreHoweverItIsCut(Kind kind) {
        String input = kind.frame("one") + kind.frame("bad") + kind.frame("smuggled");
        for (int cut = 0; cut < input.length(); cut++) {
            handler.told.clear();
            FrameReceiver receiver = kind.receiver(handler);
            MemoryTransport.of(receiver);
            for (String part : List.of(input.substring(0, cut), input.substring(cut), kind.frame("more"))) {
                try {
                    receiver.dataReceived(ISO_8859_1.encode(part));
                } catch (IllegalStateException planned) {
                    assertThat(planned).isSameAs(handler.failure);
                }
            }
            assertThat(handler.told).as("cut at %d", cut).containsExactly("one", "bad");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAWrongThreadAsksForHasNoEffect(Kind kind) {
        FrameReceiver receiver = kind.receiver(handler);
        MemoryTransport memory = new MemoryTransport();
        boolean[] wrong = {false};
        Transport strict =
                failing(memory, () -> wrong[0] ? new IllegalStateException("a wrong thread") : null, "Producing");
        receiver.makeConnection(strict);
        wrong[0] = true;
        assertThatThrownBy(receiver::pauseProducing).hasMessage("a wrong thread");
        receiver.dataReceived(ISO_8859_1.encode(kind.frame("one")));
        assertThat(handler.told).containsExactly("one");
        wrong[0] = false;
        receiver.pauseProducing();
        receiver.dataReceived(ISO_8859_1.encode(kind.frame("two")));
        wrong[0] = true;
        assertThatThrownBy(receiver::resumeProducing).hasMessage("a wrong thread");
        assertThat(handler.told).containsExactly("one");
    }

    @Test
    void aDelimiterIsFoundAfterRawModeThatBeganInTheMiddleOfALine() {
        RecordingLines lines = new RecordingLines("\r\n", 100);
        MemoryTransport transport = MemoryTransport.of(lines);
        transport.receive("unfinished");
        lines.setRawMode();
        transport.receive("!.a\r\nb\r\n");
        assertThat(lines.told).containsExactly("raw unfinished", "raw !", "line a", "line b");
    }

    @Test
    void aRawHandlerThatMovesBackIsNotGivenTheSameBytesAgain() {
        List<String> told = new ArrayList<>();
        LineReceiver lines = new LineReceiver() {
            @Override
            protected void lineReceived(ByteBuffer line) {
                told.add(ISO_8859_1.decode(line).toString());
                if (told.size() == 1) {
                    setRawMode();
                }
            }

            @Override
            protected void rawDataReceived(ByteBuffer data) {
                data.rewind();
                setLineMode();
            }
        };
        MemoryTransport.of(lines).receive("login\r\nnext\r\n");
        assertThat(told).containsExactly("login", "next");
    }

    @Test
    void aFrameThatIsSentInPartEndsTheConnection() {
        for (int failing : new int[] {1, 2, 3}) {
            MemoryTransport memory = new MemoryTransport();
            int[] writes = {0};
            NetstringReceiver receiver = new NetstringReceiver() {
                @Override
                public void connectionMade() {
                    sendString(ISO_8859_1.encode("hello"));
                }

                @Override
                protected void stringReceived(ByteBuffer string) {}
            };
            Transport broken = failing(
                    memory,
                    () -> ++writes[0] == failing
                            ? new UncheckedIOException(new java.io.IOException("a closed arena"))
                            : null,
                    "write");
            assertThatThrownBy(() -> receiver.makeConnection(broken)).isInstanceOf(UncheckedIOException.class);
            assertThat(memory.isAborted()).as("write %d fails", failing).isEqualTo(failing > 1);
        }
    }

    /** Whose methods that end like this throw what is supplied, if anything. */
    private static Transport failing(Transport memory, Supplier<RuntimeException> failure, String methods) {
        return (Transport) Proxy.newProxyInstance(
                Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                    if (method.getName().endsWith(methods)) {
                        RuntimeException thrown = failure.get();
                        if (thrown != null) {
                            throw thrown;
                        }
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
