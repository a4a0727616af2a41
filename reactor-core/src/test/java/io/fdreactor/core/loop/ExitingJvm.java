// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.EventPhase.AFTER;
import static io.fdreactor.EventPhase.BEFORE;
import static io.fdreactor.EventPhase.DURING;
import static io.fdreactor.IReactorCore.SHUTDOWN;

import io.fdreactor.Capability;
import io.fdreactor.EventPhase;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.core.Backend;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.core.testing.ParkingPoller;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The JVMs that {@link JvmShutdownTest} starts: each has a reactor that is to be stopped when the JVM ends, and ends in
 * a way of its own. It prints {@code up} when it may be ended, and what happens then.
 */
final class ExitingJvm {
    static final int STATUS = 7;

    private final Reactor reactor;

    private ExitingJvm(Duration shutdownTimeout, boolean stopOnJvmShutdown) {
        ReactorConfig config = ReactorConfig.builder()
                .name("exiting")
                .stopOnJvmShutdown(stopOnJvmShutdown)
                .shutdownTimeout(shutdownTimeout)
                .exceptionHandler((thrown, doing, descriptor) -> say("reported " + thrown))
                .build();
        reactor = CoreReactor.open(Backend.of("parking", Set.of(Capability.INT_FD), new ParkingPoller()), config);
        addReader(5, () -> say("lost"));
        reactor.addSystemEventTrigger(BEFORE, SHUTDOWN, () -> say("before"));
        reactor.addSystemEventTrigger(DURING, SHUTDOWN, () -> say("during"));
        reactor.addSystemEventTrigger(AFTER, SHUTDOWN, () -> say("after"));
    }

    private static void say(String what) {
        System.out.println(what);
    }

    private static void exit() {
        System.exit(STATUS);
    }

    /** Never returns, and can't be interrupted. */
    private static void block() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                say("interrupted");
            }
        }
    }

    private void up() {
        say("up");
    }

    public static void main(String[] args) throws Exception {
        boolean patient = !args[0].startsWith("impatient");
        ExitingJvm jvm =
                new ExitingJvm(patient ? Duration.ofMinutes(5) : Duration.ofMillis(200), !args[0].equals("unasked"));
        Reactor reactor = jvm.reactor;
        switch (args[0]) {
            case "running", "unasked" -> reactor.callWhenRunning(jvm::up);
            case "idle" -> {
                jvm.up();
                block();
            }
            case "iterated" -> {
                reactor.iterate(0);
                jvm.up();
                block();
            }
            case "closed" -> {
                reactor.close();
                exit();
            }
            case "exit in startup" -> reactor.callWhenRunning(ExitingJvm::exit);
            case "exit in a timer" -> {
                reactor.callLater(0, ExitingJvm::exit);
                reactor.callLater(0, () -> say("the next timer"));
            }
            case "exit in a thread call" -> {
                reactor.callFromThread(ExitingJvm::exit);
                reactor.callFromThread(() -> say("the next call"));
            }
            case "exit in connectionLost" -> {
                jvm.addReader(6, ExitingJvm::exit);
                jvm.addReader(7, () -> say("the next lost"));
                reactor.callWhenRunning(reactor::stop);
            }
            case "exit in before" -> jvm.exitIn(BEFORE);
            case "exit in during" -> jvm.exitIn(DURING);
            case "exit in after" -> jvm.exitIn(AFTER);
            case "exit elsewhere" -> reactor.callWhenRunning(() -> new Thread(ExitingJvm::exit).start());
            case "impatient stage" -> {
                reactor.addSystemEventTrigger(BEFORE, SHUTDOWN, () -> new CompletableFuture<Void>());
                reactor.callWhenRunning(jvm::up);
            }
            case "impatient callback" ->
                reactor.callWhenRunning(() -> {
                    jvm.up();
                    block();
                });
            default -> throw new IllegalArgumentException(args[0]);
        }
        reactor.run();
        say("run returned");
    }

    /** A trigger of this phase exits, and there is another after it. */
    private void exitIn(EventPhase phase) {
        reactor.addSystemEventTrigger(phase, SHUTDOWN, ExitingJvm::exit);
        reactor.addSystemEventTrigger(phase, SHUTDOWN, () -> say("the next trigger"));
        reactor.callWhenRunning(reactor::stop);
    }

    private void addReader(int fd, Runnable whenLost) {
        reactor.addReader(new ReadDescriptor() {
            @Override
            public int fileno() {
                return fd;
            }

            @Override
            public void doRead() {}

            @Override
            public void connectionLost(Throwable reason) {
                whenLost.run();
            }
        });
    }
}
