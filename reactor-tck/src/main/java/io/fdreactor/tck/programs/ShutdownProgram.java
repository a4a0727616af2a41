// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.programs;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.ReactorProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process with a reactor that wants to be stopped before the JVM ends; it says what happens to it. */
public final class ShutdownProgram {
    /** What it exits with, if it exits by itself. */
    public static final int STATUS = 7;

    private static final long STAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private ShutdownProgram() {}

    /**
     * @param arguments the provider's class, and what to do: serve until told to end, exit-elsewhere,
     *     exit-in-callback, or be stuck in shutting down
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        ReactorProvider provider =
                (ReactorProvider) Class.forName(arguments[0]).getConstructor().newInstance();
        String mode = arguments[1];
        Reactor reactor = provider.open(ReactorConfig.builder()
                .stopOnJvmShutdown(true)
                .shutdownTimeout(Duration.ofSeconds(mode.equals("stuck") ? 2 : 600))
                .build());
        for (EventPhase phase : EventPhase.values()) {
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, () -> say(phase.name()));
        }
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> {
            CompletableFuture<String> modelFiles = new CompletableFuture<>();
            if (!mode.equals("stuck")) {
                reactor.callLater(STAGE_NANOS, () -> {
                    say("stage completed");
                    modelFiles.complete("done");
                });
            }
            return modelFiles;
        });
        reactor.callWhenRunning(() -> begin(reactor, mode));
        reactor.run();
    }

    private static void begin(Reactor reactor, String mode) {
        say("running");
        switch (mode) {
            case "exit-in-callback" -> System.exit(STATUS);
            case "exit-elsewhere" -> new Thread(() -> System.exit(STATUS)).start();
            default -> reactor.callLater(TimeUnit.DAYS.toNanos(1), () -> {});
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
