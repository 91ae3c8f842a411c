package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.PoolProperties;
import org.citustenancy.spring.properties.ProjectProperties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The tables of docs/spring.md have every property with the default that the code gives it, and no other. */
class DocumentedPropertiesTest {

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** Its defaults are two long names, which the text above the tables says. */
    private static final String TOLD_ELSEWHERE = "liquibase.change-logs";

    private final Map<String, String> documented = documented();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    DocumentedPropertiesTest() throws IOException {
        gather(CitusTenancyProperties.class, "");
        gather(ProjectProperties.class, "projects.<key>.");
    }

    @Test
    void every_property_is_documented() {
        assertThat(documented.keySet()).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(defaults.keySet());
    }

    @Test
    void documented_defaults_equal_those_of_the_code() {
        defaults.values().removeIf(String::isEmpty);
        defaults.remove(TOLD_ELSEWHERE);

        assertThat(defaults).hasSizeGreaterThan(20);
        assertThat(documented).containsAllEntriesOf(defaults);
    }

    @Test
    void documented_pool_defaults_equal_those_of_the_guide() throws ReflectiveOperationException {
        Map<String, String> guide = new LinkedHashMap<>();
        for (RecordComponent setting : PoolSettings.class.getRecordComponents()) {
            String value = String.valueOf(setting.getAccessor().invoke(PoolSettings.guide()));
            // What the server's own value takes the place of is a word in the table.
            if (value.matches("\\d+")
                    && !documented.get("pool." + kebab(setting.getName())).startsWith("the ")) {
                guide.put("pool." + kebab(setting.getName()), code(value));
            }
        }

        assertThat(guide).hasSize(6);
        assertThat(documented).containsAllEntriesOf(guide);
    }

    private void gather(Class<?> properties, String prefix) {
        for (Parameter parameter : properties.getDeclaredConstructors()[0].getParameters()) {
            String name = prefix + kebab(parameter.getName());
            Class<?> type = parameter.getType();
            if (type == PoolProperties.class && !prefix.isEmpty()) {
                defaults.put(name + ".*", "");
            } else if (isGroup(type)) {
                gather(type, name + ".");
            } else if (type == Map.class) {
                gatherNamed(parameter.getParameterizedType(), name);
            } else {
                defaults.put(name, defaultOf(parameter));
            }
        }
    }

    private void gatherNamed(Type map, String name) {
        Type value = ((ParameterizedType) map).getActualTypeArguments()[1];
        if (value == String.class) {
            defaults.put(name + ".<name>", "");
        } else if (value != ProjectProperties.class) {
            gather((Class<?>) value, name + ".<key>.");
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isRecord() && type.getPackage().equals(CitusTenancyProperties.class.getPackage());
    }

    private static String defaultOf(Parameter parameter) {
        DefaultValue given = parameter.getAnnotation(DefaultValue.class);
        return given == null
                ? ""
                : Arrays.stream(given.value())
                        .filter(value -> !value.isEmpty())
                        .map(DocumentedPropertiesTest::code)
                        .collect(Collectors.joining(", "));
    }

    /** By property, as its line says: the default. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        String page = Files.readString(Path.of("../docs/spring.md"));
        String prefix = "";
        for (String line : page.substring(page.indexOf("\n## Properties\n")).split("\n", -1)) {
            if (line.startsWith("Under `projects.<key>.`")) {
                prefix = "projects.<key>.";
            }
            String[] cells = line.split(" *\\| *", -1);
            if (line.startsWith("| `")) {
                List<String> names = NAME.matcher(cells[1])
                        .results()
                        .map((MatchResult name) -> name.group(1))
                        .toList();
                List<String> values = List.of(cells[2].split(", ", -1));
                for (int i = 0; i < names.size(); i++) {
                    boolean each = names.size() > 1 && names.size() == values.size();
                    documented.put(prefix + names.get(i), each ? values.get(i) : cells[2]);
                }
            }
        }
        return documented;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String code(String value) {
        return "`" + value + "`";
    }
}
