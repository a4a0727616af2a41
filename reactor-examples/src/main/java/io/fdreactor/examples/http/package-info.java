// SPDX-License-Identifier: Apache-2.0
/** HTTP/1.1 in small: a server of files, and a client that fetches. What both have in common is how messages are cut. */
@NullMarked
package io.fdreactor.examples.http;

import org.jspecify.annotations.NullMarked;
