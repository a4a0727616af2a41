// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A figure as a line: text in quotation marks, which are doubled inside. No field holds a line's end. */
final class Csv {
    static final String HEADER = "bench,cell,who,jdk,metric,value,unit";

    private static final Pattern FIELD = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(?:,|$)");

    private Csv() {}

    static String line(Figure figure) {
        return String.join(
                ",",
                quoted(figure.bench()),
                quoted(figure.cell()),
                quoted(figure.who()),
                quoted(figure.jdk()),
                quoted(figure.metric()),
                String.format(Locale.ROOT, "%.6g", figure.value()),
                quoted(figure.unit()));
    }

    static Figure figure(String line) {
        List<String> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(line);
        while (fields.size() < 7 && matcher.find()) {
            String text = matcher.group(1);
            fields.add(text == null ? matcher.group(2) : text.replace("\"\"", "\""));
        }
        if (fields.size() < 7 || matcher.end() != line.length()) {
            throw new IllegalArgumentException("not a line of seven fields: [" + line + "]; delete it, or the file");
        }
        return new Figure(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                Double.parseDouble(fields.get(5)),
                fields.get(6));
    }

    private static String quoted(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a field that doesn't fit a line: [" + text + "]");
        }
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
