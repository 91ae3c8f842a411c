package org.citustenancy.reports.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.citustenancy.reports.SampleFigures;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.Total;
import org.citustenancy.statistics.UnansweredNode;
import org.junit.jupiter.api.Test;

/** What people see of figures. */
class ReportsTest {

    @Test
    void text_report_aligns_the_numbers_of_projects() {
        ClusterFigures figures = SampleFigures.cluster(
                SampleFigures.project("shop", 20_000_000, 3, 1000), SampleFigures.project("año", 100, 12, 5));

        assertThat(new TextReport(Language.ENGLISH).projects(figures)).isEqualTo("""
                Database  Owner           Size  Connections  Limit  Shards  Cache hits  Commits  State
                --------  ---------  ---------  -----------  -----  ------  ----------  -------  -----
                shop      shop_user      57 MB            9      -       -      90.0 %     3000  ready
                año       año_user   300 bytes           36      -       -      90.0 %       15  ready
                """);
        assertThat(new TextReport(Language.SPANISH).projects(figures))
                .startsWith("Base de Datos  Propietario     Tamaño  Conexiones  Límite");
    }

    @Test
    void text_report_marks_absent_and_partial_figures() {
        ProjectFigures whole = SampleFigures.project("shop", 1000, 1, 1);
        ProjectOnNode hidden = whole.nodes().get(0);
        UnansweredNode missing = new UnansweredNode(SampleFigures.WORKER_2, "connection refused");
        ProjectFigures partial = new ProjectFigures(
                "partial",
                "owner",
                whole.state(),
                whole.nodes().subList(0, 2),
                List.of(missing),
                Optional.empty(),
                Optional.empty());
        ProjectFigures secretive = new ProjectFigures(
                "secretive",
                "owner",
                Optional.empty(),
                List.of(new ProjectOnNode(
                        hidden.node(),
                        OptionalLong.empty(),
                        hidden.connectionLimit(),
                        hidden.sessions(),
                        Optional.empty())),
                List.of(),
                Optional.empty(),
                Optional.empty());
        ClusterFigures all = SampleFigures.cluster(partial, secretive);
        ClusterFigures figures = new ClusterFigures(all.at(), all.nodes(), List.of(missing), all.projects(), List.of());

        String report = new TextReport(Language.ENGLISH).projects(figures);

        assertThat(report)
                .contains("2000 bytes*")
                .contains("* without nodes that did not answer: worker citus-worker-2");
        assertThat(report.lines().filter(line -> line.startsWith("secretive")))
                .singleElement()
                .asString()
                .matches("secretive +owner +- +1 +- +- +- +- +-");
        assertThat(figures.size()).isEqualTo(new Total(2000, List.of(SampleFigures.WORKER_2)));
        assertThat(new HtmlReport(Language.ENGLISH).page(figures)).contains("connection refused");
    }

    @Test
    void text_report_shows_tables_and_storage_with_their_skew() {
        ProjectFigures figures =
                SampleFigures.project("shop", 100_000, 1, 1).with(SampleFigures.contents(30_000, 90_000));

        assertThat(new TextReport(Language.ENGLISH).tables(figures)).isEqualTo("""
                Table  Type         Distribution column  Colocation  Shards    Size  Rows  Owner
                -----  -----------  -------------------  ----------  ------  ------  ----  -----------
                users  distributed  id                            1      32  117 kB   ~30  users_owner
                """);
        assertThat(new TextReport(Language.ENGLISH).storage(figures))
                .contains("worker citus-worker-2:5432", "Fullest node to average: 1.50");
    }

    @Test
    void html_report_has_a_bar_for_each_project_and_escapes_names() {
        String name = "<script>alert('x')</script>&\"";
        ClusterFigures figures = SampleFigures.cluster(
                SampleFigures.project(name, 1000, 10, 1),
                SampleFigures.project("half", 500, 5, 1).with(SampleFigures.contents(30_000, 90_000)));

        String page = new HtmlReport(Language.SPANISH).page(figures);

        assertThat(page)
                .doesNotContain("<script", "http://", "https://", "src=", "@import", "url(")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;")
                .contains("<html lang=\"es\">", "Tamaño en todos los nodos", "Shards en cada nodo")
                .contains("width:100.00%", "width:50.00%");
    }
}
