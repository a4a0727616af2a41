// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingSockets.ofStreams;

import io.fdreactor.Reactor;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.OpenFile;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Files wrongly sent: by sockets under our core, and by transports around a good facet. */
final class WrongFiles {
    static final List<Mutant> SOCKETS = List.of(
            ofStreams(
                            "file-taken-for-sent",
                            "answers how much of a file it was asked for",
                            good -> new ForwardingStream(good) {
                                @Override
                                public int writeFrom(OpenFile file, long position, int count, IoBuffer spare)
                                        throws IOException {
                                    super.writeFrom(file, position, count, spare);
                                    return count;
                                }
                            })
                    .fails("NET-26", "bytes and files as they were written"),
            ofStreams(
                            "file-read-on",
                            "goes on in a file where the last part ended",
                            good -> new ForwardingStream(good) {
                                private long next;

                                @Override
                                public int writeFrom(OpenFile file, long position, int count, IoBuffer spare)
                                        throws IOException {
                                    int written = super.writeFrom(file, next, count, spare);
                                    next += Math.max(0, written);
                                    return written;
                                }
                            })
                    .fails("NET-26", "; seen: "),
            ofStreams(
                            "shrunk-file-padded",
                            "sends anything where a file has ended",
                            good -> new ForwardingStream(good) {
                                @Override
                                public int writeFrom(OpenFile file, long position, int count, IoBuffer spare)
                                        throws IOException {
                                    int written = super.writeFrom(file, position, count, spare);
                                    return written < 0
                                            ? write(
                                                    spare,
                                                    0,
                                                    Math.min(
                                                            count, spare.bytes().capacity()))
                                            : written;
                                }
                            })
                    .fails("NET-29", "expected: the stage fails"));

    static final List<Mutant> TRANSPORTS = List.of(
            sending("file-overtaken", "sends a file in a later turn", (reactor, good, part) -> {
                        CompletableFuture<Void> sent = new CompletableFuture<>();
                        reactor.callLater(0, () -> {
                            try {
                                part.send(good).thenRun(() -> sent.complete(null));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
                        return sent;
                    })
                    .fails("NET-26", "a file counts as buffered"),
            sending("file-swallowed", "reads a file into memory and says that it is sent", (reactor, good, part) -> {
                        good.write(part.bytes());
                        return CompletableFuture.completedStage(null);
                    })
                    .fails("NET-26", "the stage waits until the kernel has taken all"),
            sending(
                            "file-without-a-position",
                            "sends a file from its beginning",
                            (reactor, good, part) -> new Part(part.path(), 0, part.count()).send(good))
                    .fails("NET-26", "bytes and files as they were written"),
            sending("file-forgotten", "tells of files that are sent, and of no others", (reactor, good, part) -> {
                        CompletableFuture<Void> sent = new CompletableFuture<>();
                        part.send(good).thenRun(() -> sent.complete(null));
                        return sent;
                    })
                    .fails("NET-27", "its stage fails")
                    .fails("NET-29", "expected: the stage fails"),
            sending("refusal-put-off", "tells by the stage that there is no such file", (reactor, good, part) -> {
                        try {
                            return good.sendFile(part.path(), part.position(), part.count());
                        } catch (IOException e) {
                            return CompletableFuture.failedStage(e);
                        }
                    })
                    .fails("NET-28", "is refused in the call"),
            sending("part-cut-to-fit", "sends what there is of a part", (reactor, good, part) -> {
                        long there = Math.max(0, Files.size(part.path()) - part.position());
                        return good.sendFile(part.path(), part.position(), Math.min(part.count(), there));
                    })
                    .fails("NET-28", "is refused in the call"),
            sending(
                            "nothing-never-sent",
                            "waits for the last byte of none",
                            (reactor, good, part) -> part.count() == 0 ? new CompletableFuture<>() : part.send(good))
                    .fails("NET-28", "the stage for no bytes is complete"));

    private WrongFiles() {}

    /** What a transport was asked to send. */
    private record Part(Path path, long position, long count) {
        CompletionStage<Void> send(TcpTransport transport) throws IOException {
            return transport.sendFile(path, position, count);
        }

        byte[] bytes() throws IOException {
            byte[] all = Files.readAllBytes(path);
            return Arrays.copyOfRange(all, (int) position, (int) (position + count));
        }
    }

    /** How a transport sends otherwise. */
    @FunctionalInterface
    private interface Sending {
        CompletionStage<Void> of(Reactor reactor, TcpTransport good, Part part) throws IOException;
    }

    private static Mutant sending(String name, String mistake, Sending otherwise) {
        return ForwardingTcp.mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            TcpTransport transport(TcpTransport good) {
                return Otherwise.of(
                        TcpTransport.class,
                        good,
                        Map.of(
                                "sendFile",
                                arguments -> otherwise.of(
                                        reactor, good, new Part((Path) arguments[0], (long) arguments[1], (long)
                                                arguments[2]))));
            }
        });
    }
}
