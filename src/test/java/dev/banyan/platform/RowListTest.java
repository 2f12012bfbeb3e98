package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class RowListTest {

    private static final List<String> COLUMNS = List.of("name", "email");

    @Test
    void aFirstLineThatNamesNoColumnIsALine() throws RowList.Broken {
        for (String first : List.of("Client 1", "Workspace 1", "Brand", "Client", "Mail 2")) {
            assertThat(RowList.read(first + ",lead@client.example\nOther,", COLUMNS, 9)
                            .lines())
                    .as(first)
                    .extracting(line -> line.get("name"))
                    .containsExactly(first, "Other");
        }
    }

    @Test
    void aFirstLineMayNameTheColumns() throws RowList.Broken {
        assertThat(RowList.read("Admin’s e-mail;Workspace name\nlead@client.example;Sales", COLUMNS, 9)
                        .lines())
                .containsExactly(Map.of("email", "lead@client.example", "name", "Sales"));
    }
}
