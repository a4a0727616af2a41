// SPDX-License-Identifier: Apache-2.0
/** A forwarder of connections. */
@NullMarked
package io.fdreactor.examples.proxy;

import org.jspecify.annotations.NullMarked;
