// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A backend that is wrong in one way, one that the author of a backend could really get wrong, and what the contract
 * has to say of it.
 *
 * @param name short, in lower case with hyphens
 * @param mistake a sentence: what it does, or fails to do
 * @param provider opens it; new or the same for each call
 * @param tck the entry to the contract that fits what it watches
 * @param fails the rules that fail, each with a part of what the failure's message must say. Others may fail beside
 *     them, as consequences
 * @param firstJava the first Java that has what it takes to be wrong in this way; on others it isn't tried
 */
public record Mutant(
        String name,
        String mistake,
        ReactorProvider provider,
        Class<? extends ReactorTck> tck,
        Map<String, String> fails,
        int firstJava) {

    /** One that can be wrong on every Java. */
    public Mutant(
            String name,
            String mistake,
            ReactorProvider provider,
            Class<? extends ReactorTck> tck,
            Map<String, String> fails) {
        this(name, mistake, provider, tck, fails, 17);
    }

    /** The same, of which the contract says one thing more. */
    public Mutant fails(String rule, String messagePart) {
        Map<String, String> more = new LinkedHashMap<>(fails);
        if (more.put(rule, messagePart) != null) {
            throw new IllegalArgumentException("[" + name + "] fails [" + rule + "] twice");
        }
        return new Mutant(name, mistake, provider, tck, Collections.unmodifiableMap(more), firstJava);
    }

    /** The same, from this Java on. */
    public Mutant since(int java) {
        return new Mutant(name, mistake, provider, tck, fails, java);
    }

    @Override
    public String toString() {
        return name;
    }
}
