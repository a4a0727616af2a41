// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

/** Takes down what a poll found. It runs no user code, so a poller may call it from the middle of its scan. */
@FunctionalInterface
public interface ReadySink {
    /**
     * A registration is ready.
     *
     * @param token the {@link Watch#token} under which it was registered
     * @param events bits of {@link Ready}; not 0
     */
    void ready(long token, int events);
}
