package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/pools.md shows is what compiles here. */
class PoolsDocumentTest {

    @Test
    void the_code_is_that_of_the_example() throws IOException {
        String example = Files.readString(Path.of("src/test/java/org/citustenancy/hikari/PoolsExample.java"));
        String document = Files.readString(Path.of("..", "docs", "pools.md"));
        Matcher part = Pattern.compile("(?s)// begin \\w+\\n(.*?)\\n *// end").matcher(example);
        int parts = 0;
        while (part.find()) {
            parts++;
            assertThat(document).contains("```java\n" + part.group(1).stripIndent() + "\n```\n");
        }
        assertThat(parts).isEqualTo(2);
        assertThat(document.split("```java", -1)).hasSize(parts + 1);
    }
}
