// SPDX-License-Identifier: Apache-2.0
/**
 * The contract from the command line: finds a backend, holds it to the contract, and prints a verdict that can be
 * pasted into a bug report.
 *
 * <p>An application and not a module: it is run as one jar, which holds the TCK, JUnit and fdreactor's own backends on
 * one class path, where a stranger's jar is put beside them.
 */
@NullMarked
package io.fdreactor.tck.cli;

import org.jspecify.annotations.NullMarked;
