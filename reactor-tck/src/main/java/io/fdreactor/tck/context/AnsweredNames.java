// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.NameResolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A resolver that knows the names a test has told it; for others it answers when and as the test says. */
public final class AnsweredNames implements NameResolver {
    private final Map<String, List<InetAddress>> known = new HashMap<>();
    public final List<Question> questions = new ArrayList<>();

    /** Somebody's. It can be answered also after it was cancelled, for a resolver may be late. */
    public static final class Question extends CompletableFuture<List<InetAddress>> {
        final String host;
        public final Thread asker = Thread.currentThread();
        private volatile boolean calledOff;

        Question(String host) {
            this.host = host;
        }

        /** Whether it was cancelled. */
        public boolean isCalledOff() {
            return calledOff;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            calledOff = true;
            return false;
        }
    }

    /** From now on this name is answered for at once. */
    public void know(String host, List<InetAddress> addresses) {
        known.put(host, addresses);
    }

    /** The name of each question, in order. */
    public List<String> asked() {
        return questions.stream().map(question -> question.host).toList();
    }

    public Question latest() {
        return questions.get(questions.size() - 1);
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        Question question = new Question(host);
        questions.add(question);
        List<InetAddress> addresses = known.get(host);
        if (addresses != null) {
            question.complete(addresses);
        }
        return question;
    }
}
