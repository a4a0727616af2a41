// SPDX-License-Identifier: Apache-2.0
/**
 * Small programs that see no backend: servers, a look at the backends, and a watcher of pipes, terminals and files. One
 * runnable jar holds them and all backends.
 */
@NullMarked
package io.fdreactor.examples;

import org.jspecify.annotations.NullMarked;
