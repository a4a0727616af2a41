// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.harness.CCompiler;
import io.fdreactor.bench.harness.Child;
import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes that take part. They wait in between, and end with this object. */
final class FdSetContenders implements AutoCloseable {
    private final List<Running> running = new ArrayList<>();

    private FdSetContenders() {}

    /** All that this machine and this JVM can have. C programs are compiled in the directory. */
    static FdSetContenders start(Path directory) throws IOException, InterruptedException {
        FdSetContenders contenders = new FdSetContenders();
        try {
            contenders.startNative(new CCompiler(directory));
            contenders.startJava();
            return contenders;
        } catch (Throwable e) {
            contenders.close();
            throw e;
        }
    }

    private void startNative(CCompiler compiler) throws IOException, InterruptedException {
        Optional<Path> raw = compiler.compile("fdset.c");
        if (raw.isPresent()) {
            add("C epoll", Figure.NATIVE, List.of(raw.get().toString(), "epoll"));
            add("C poll", Figure.NATIVE, List.of(raw.get().toString(), "poll"));
        }
        Optional<Path> libevent = compiler.compile("fdset_libevent.c", "-levent_core");
        if (libevent.isPresent()) {
            add("libevent", Figure.NATIVE, List.of(libevent.get().toString()));
        }
    }

    private void startJava() throws IOException {
        for (String binding : ChildJvm.bindings()) {
            addJvm("fdreactor epoll/" + binding, "epoll", binding);
            addJvm("fdreactor poll/" + binding, "poll", binding);
            addJvm("bare epoll/" + binding, "bare", binding);
        }
        addJvm("fdreactor select", "select", "jna");
        addJvm("Netty epoll", "netty", "jna");
        addJvm("NIO Selector", "selector", "jna");
    }

    private void addJvm(String who, String loop, String binding) throws IOException {
        List<String> options = List.of("-Dfdreactor.libc=" + binding);
        add(who, Figure.THIS_JDK, ChildJvm.command(options, FdSetChild.class, loop, binding));
    }

    private void add(String who, String jdk, List<String> command) throws IOException {
        running.add(new Running(who, jdk, Child.start(command)));
    }

    /** Each of them, under a load. */
    List<Contender> under(Load load) {
        return running.stream()
                .map(one -> Contender.of(one.who, one.jdk, () -> one.child.ask(load.line())))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Running one : running) {
            one.child.close();
        }
    }

    private record Running(String who, String jdk, Child child) {}
}
