// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the first of several tasks that succeeds: {@code invokeAny}, for an executor whose reactor may end. */
final class AnyResult<T> {
    private final ReactorExecutor executor;
    private final BlockingQueue<ReactorTask<T>> over = new LinkedBlockingQueue<>();

    AnyResult(ReactorExecutor executor) {
        this.executor = executor;
    }

    T await(Collection<? extends Callable<T>> calls, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("none of no tasks can succeed");
        }
        List<ReactorTask<T>> tasks = new ArrayList<>();
        try {
            for (Callable<T> call : calls) {
                tasks.add(executor.accept(newTask(call)));
            }
            return first(calls.size(), new WaitSlices(timeout, unit));
        } finally {
            tasks.forEach(task -> task.cancel(false));
        }
    }

    private ReactorTask<T> newTask(Callable<T> call) {
        return new ReactorTask<>(executor, call, executor.reactor().nanoTime(), 0) {
            @Override
            protected void done() {
                super.done();
                over.add(this);
            }
        };
    }

    private T first(int count, WaitSlices slices) throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException failure = new ExecutionException(new CancellationException("all tasks were cancelled"));
        for (int left = count; left > 0; ) {
            ReactorTask<T> task = over.poll(slices.nextNanos(), TimeUnit.NANOSECONDS);
            if (task != null) {
                left--;
                try {
                    return task.get();
                } catch (ExecutionException e) {
                    failure = e;
                } catch (CancellationException e) {
                    // The reactor's end: if any failed before it, that is the reason.
                    continue;
                }
            } else if (!slices.isLeft()) {
                throw new TimeoutException();
            } else {
                executor.hasLostItsReactor();
            }
        }
        throw failure;
    }
}
