// SPDX-License-Identifier: Apache-2.0
/**
 * Echo servers beside a C epoll loop: {@link io.fdreactor.bench.echo.Echo} measures how fast they are, {@link
 * io.fdreactor.bench.echo.EchoCalls} which system calls a message costs them. The servers are programs of their own, one
 * class each, and the client is {@code native/echo_client.c}.
 */
@NullMarked
package io.fdreactor.bench.echo;

import org.jspecify.annotations.NullMarked;
