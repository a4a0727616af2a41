// SPDX-License-Identifier: Apache-2.0
/**
 * What other libraries expect, made of a reactor: {@link io.fdreactor.adapters.ReactorExecutor} is a
 * {@link java.util.concurrent.ScheduledExecutorService}, {@link io.fdreactor.adapters.FlowProtocol} makes a connection a
 * {@link java.util.concurrent.Flow.Publisher} and a {@link java.util.concurrent.Flow.Subscriber}. They see
 * {@code fdreactor-api} alone, and so work with every backend.
 */
@NullMarked
package io.fdreactor.adapters;

import org.jspecify.annotations.NullMarked;
