// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

/** So many connections, each with one message of that size on its way. */
record Load(int connections, int bytes) {
    /** Its name in the tables. */
    String cell() {
        return connections + " conn, " + (bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " B");
    }
}
