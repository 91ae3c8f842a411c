package org.citustenancy.internal.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectDirectoryTest {

    @ParameterizedTest
    @CsvSource({
        "app_production, app_production",
        "my-app2, my-app2",
        "-rf, %2drf",
        "App, %41pp",
        "a/b, a%2fb",
        "a%2fb, a%252fb",
        ".., %2e%2e",
        "' ', %20",
        "ñ, %c3%b1",
        "con, %63on",
        "com1, %63om1",
        "console, console"
    })
    void names_are_encoded_as_single_path_elements(String project, String directory) {
        assertThat(ProjectDirectory.name(project)).isEqualTo(directory);
    }

    @Test
    void directories_differ_when_case_is_ignored() {
        List<String> projects = List.of("app", "App", "APP", "a%70p", "%61pp", "a-p", "A-p");

        assertThat(projects.stream().map(ProjectDirectory::name).map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }
}
