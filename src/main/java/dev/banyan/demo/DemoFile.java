package dev.banyan.demo;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;

/// `demo.json` in the data folder: the ids and passwords of the sample data, for programs and for the next start. Only
/// its owner may read it.
@Singleton
public class DemoFile {

    /// A person who can sign in.
    ///
    /// @param password empty once the person has chosen another one
    @JsonInclude(Include.NON_ABSENT)
    record Login(String email, String password, Optional<String> username) {

        Login withoutPassword() {
            return new Login(email, "", username);
        }
    }

    /// The admin of a single workspace.
    record Admin(String username, String password) {}

    /// @param shortPath `x7M2-sales`: the workspace is at `/s/` followed by this; empty until it exists
    @JsonInclude(Include.NON_ABSENT)
    record SampleWorkspace(String name, Optional<String> shortPath, Admin admin) {}

    /// @param projectId empty until the project and all its contents exist
    /// @param masters ids of senders
    /// @param configFile the mirror of the senders, an absolute path
    @JsonInclude(Include.NON_ABSENT)
    record Content(
            String baseUrl,
            Login operator,
            Login agency,
            Optional<String> projectId,
            List<SampleWorkspace> workspaces,
            List<String> masters,
            Optional<String> configFile) {

        Content {
            // A file of an older version lacks these lists.
            workspaces = Optional.ofNullable(workspaces).map(List::copyOf).orElse(List.of());
            masters = Optional.ofNullable(masters).map(List::copyOf).orElse(List.of());
        }
    }

    private final Path file;
    private final ObjectMapper json;

    DemoFile(Settings settings, ObjectMapper json) {
        this.file = settings.data().resolve(DataFolder.DEMO);
        this.json = json;
    }

    Optional<Content> read() {
        try {
            return Files.exists(file) ? Optional.of(json.readValue(file.toFile(), Content.class)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // damaged: new passwords are generated and shown
        }
    }

    void write(Content content) {
        try {
            PrivateFiles.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(content));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
