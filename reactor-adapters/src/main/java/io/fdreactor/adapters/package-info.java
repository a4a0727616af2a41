// SPDX-License-Identifier: Apache-2.0
/**
 * Adapts a reactor to interfaces of the JDK: {@link io.fdreactor.adapters.ReactorExecutor} is a
 * {@link java.util.concurrent.ScheduledExecutorService}, and {@link io.fdreactor.adapters.FlowProtocol} makes a
 * connection a {@link java.util.concurrent.Flow.Publisher} and a {@link java.util.concurrent.Flow.Subscriber}. They use
 * only {@code fdreactor-api}, and so work with every backend.
 */
@NullMarked
package io.fdreactor.adapters;

import org.jspecify.annotations.NullMarked;
