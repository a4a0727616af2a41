// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.fixture.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for programs. */
public final class ReportJson {
    private static final int FORMAT = 1;

    private ReportJson() {}

    public static String of(TckReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("verdict", report.verdict().name());
        json.put("isComplete", report.isComplete());
        json.put("tckVersion", report.tckVersion());
        json.put("date", report.date().toString());
        json.put("backend", backend(report.backend()));
        json.put("platform", platform(report.platform()));
        json.put("parameters", report.parameters());
        json.put("rules", report.rules().stream().map(ReportJson::rule).toList());
        return Json.of(json);
    }

    private static Map<String, @Nullable Object> backend(TckReport.Backend backend) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", backend.id());
        json.put("provider", backend.provider());
        json.put("location", backend.location());
        json.put("capabilities", backend.capabilities().stream().map(Enum::name).toList());
        json.put("isAvailable", backend.isAvailable());
        json.put("availability", backend.availability());
        return json;
    }

    private static Map<String, @Nullable Object> platform(Platform platform) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("jdk", platform.jdk());
        json.put("os", platform.os());
        json.put("kernel", platform.kernel());
        json.put("architecture", platform.architecture());
        json.put("processors", platform.processors());
        json.put("openFiles", platform.openFiles());
        return json;
    }

    private static Map<String, @Nullable Object> rule(TckReport.RuleResult rule) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("level", rule.level().name());
        json.put(
                "capability",
                rule.capability() == null ? null : rule.capability().name());
        json.put("outcome", rule.outcome().name());
        json.put("reason", rule.reason());
        json.put("waiver", rule.waiver() == null ? null : waiver(rule.waiver()));
        json.put("nanos", rule.nanos());
        json.put("tests", rule.tests().stream().map(ReportJson::test).toList());
        return json;
    }

    private static Map<String, @Nullable Object> waiver(TckReport.Waiver waiver) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reason", waiver.reason());
        json.put("since", waiver.since().toString());
        return json;
    }

    private static Map<String, @Nullable Object> test(TckReport.TestResult test) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", test.name());
        json.put("outcome", test.outcome().name());
        json.put("nanos", test.nanos());
        json.put("message", test.message());
        return json;
    }
}
