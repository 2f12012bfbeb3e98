package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loads rows of an older schema into a current database.
class DatabaseLoadTest {

    private static final String OLD = "105";
    private static final Map<String, Object> SENDER = Map.of("id", "s-1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("banyan.db");
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAnOlderSchemaAreBroughtUpToDate(TestDatabases kind) throws Exception {
        DatabasePlace place = place(kind);
        try (var load = DatabaseLoad.into(place, OLD)) {
            assertThat(load.tables()).contains("links").doesNotContain("senders");
            Map<String, Object> account = Map.ofEntries(
                    Map.entry("id", "t-1"),
                    Map.entry("tenant_id", "t-1"),
                    Map.entry("kind", "root"),
                    Map.entry("username", "creative"),
                    Map.entry("display_name", "Creative"),
                    Map.entry("status", "active"),
                    Map.entry("tier", "free"),
                    Map.entry("category", "client"),
                    Map.entry("is_kept", 0L),
                    Map.entry("is_manager_shown", 0L),
                    Map.entry("is_second_factor_required", 0L),
                    Map.entry("created_at", 1L),
                    Map.entry("updated_at", 1L));
            assertThat(load.load("accounts", rows(account))).isEqualTo(1);
            assertThatThrownBy(() -> load.load("senders", rows(SENDER)))
                    .hasMessageContaining("There is no table senders");
            load.finish(() -> {});
        }

        try (var snapshot = DatabaseSnapshot.of(place)) {
            assertThat(snapshot.schemaVersion()).isEqualTo(Migrations.NEWEST);
            assertThat(snapshot.tables()).contains("links", "senders");
            assertThat(snapshot.read("accounts", row -> assertThat(row).containsEntry("username", "creative")))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotFinishedIsNotThere(TestDatabases kind) throws Exception {
        DatabasePlace place = place(kind);
        try (var load = DatabaseLoad.into(place, Migrations.NEWEST)) {
            load.load("workspace_limits", rows(Map.of("tenant_id", "t-1", "used", 1L)));
        }
        try (var load = DatabaseLoad.into(place, Migrations.NEWEST)) {
            load.load("workspace_limits", rows(Map.of("tenant_id", "t-1", "used", 1L)));
            assertThatThrownBy(() -> load.finish(() -> {})).hasMessageContaining("workspace_limits");
        }

        try (var snapshot = DatabaseSnapshot.of(place)) {
            assertThat(snapshot.read("workspace_limits", _ -> {})).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatTheTableHasNotIsRefused(TestDatabases kind) {
        try (var load = DatabaseLoad.into(place(kind), Migrations.NEWEST)) {
            assertThatThrownBy(() -> load.load("packs", rows(Map.of("colour", "red"))))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContainingAll("packs", "colour");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfAnotherVersionAreLeftAlone(TestDatabases kind) {
        DatabasePlace place = place(kind);
        DatabaseLoad.into(place, Migrations.NEWEST).close();

        assertThatThrownBy(() -> DatabaseLoad.into(place, OLD))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("has tables of another version");
    }

    private DatabasePlace place(TestDatabases kind) {
        return DatabasePlace.of(
                kind == TestDatabases.POSTGRES ? Optional.of(TestDatabases.newPostgresUrl()) : Optional.empty(), file);
    }

    private static Iterator<Map<String, Object>> rows(Map<String, Object> row) {
        return List.of(row).iterator();
    }
}
