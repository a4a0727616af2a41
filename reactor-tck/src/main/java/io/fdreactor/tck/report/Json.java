// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as RFC 8259 has it: of maps, lists, strings, whole numbers, truth values and null. Whatever a string
 * holds is there when it is read back, half a surrogate pair included.
 */
public final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** An object, on several lines, the last one ended. */
    public static String of(Map<String, ?> object) {
        Json json = new Json();
        json.value(object, "\n");
        return json.text.append('\n').toString();
    }

    private void value(@Nullable Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            object(map, newLine);
        } else if (value instanceof List<?> list) {
            array(list, newLine);
        } else if (value instanceof String string) {
            string(string);
        } else if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("[" + value + "] of " + value.getClass() + " has no form in JSON");
        }
    }

    private void object(Map<?, ?> map, String newLine) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(separator).append(newLine).append("  ");
            string(String.valueOf(member.getKey()));
            text.append(": ");
            value(member.getValue(), newLine + "  ");
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : newLine + "}");
    }

    private void array(List<?> list, String newLine) {
        String separator = "[";
        for (Object element : list) {
            text.append(separator).append(newLine).append("  ");
            value(element, newLine + "  ");
            separator = ",";
        }
        text.append(list.isEmpty() ? "[]" : newLine + "]");
    }

    private void string(String string) {
        text.append('"');
        // By code point: a surrogate that comes alone is one of its own, and no encoding has it.
        string.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character < ' ' || Character.getType(character) == Character.SURROGATE) {
                        text.append("\\u%04x".formatted(character));
                    } else {
                        text.appendCodePoint(character);
                    }
                }
            }
        });
        text.append('"');
    }
}
