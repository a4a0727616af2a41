// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdreactor.tck.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a table needs of a report that the TCK has written.
 *
 * @param column whom it is about, and which JVM
 * @param machine where it was run, in so far as it isn't one machine's alone
 * @param isComplete whether all of the contract was run
 * @param outcomes by rule, in the contract's order
 */
record ConformanceReport(
        ConformanceTable.Column column, String machine, boolean isComplete, Map<String, Outcome> outcomes) {

    /** Of this backend, from the directory of reports. */
    static ConformanceReport read(Path directory, String backend) throws IOException {
        Path file = directory.resolve(backend + ".json");
        assertThat(file)
                .as("the report of the backend [" + backend + "], which its run of the contract leaves there")
                .exists();
        JsonObject report = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject platform = report.getAsJsonObject("platform");
        Runtime.Version java =
                Runtime.Version.parse(platform.get("jdk").getAsString().split(" ")[0]);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (JsonElement element : report.getAsJsonArray("rules")) {
            JsonObject rule = element.getAsJsonObject();
            outcomes.put(
                    rule.get("id").getAsString(),
                    Outcome.valueOf(rule.get("outcome").getAsString()));
        }
        return new ConformanceReport(
                new ConformanceTable.Column(backend, java.feature()),
                machine(java, platform),
                report.get("isComplete").getAsBoolean(),
                Collections.unmodifiableMap(outcomes));
    }

    private static String machine(Runtime.Version java, JsonObject platform) {
        String numbers = java.version().stream()
                .map(String::valueOf)
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
        String kernel = platform.get("kernel").getAsString().replaceFirst("^(\\d+\\.\\d+).*", "$1");
        return "Java " + numbers + ", " + platform.get("os").getAsString() + " " + kernel + ", "
                + platform.get("architecture").getAsString();
    }
}
