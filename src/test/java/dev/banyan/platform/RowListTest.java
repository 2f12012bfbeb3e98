package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"Kundenname;Benutzername", "Name,Login name", "Nombre;Usuario", "Firma;Benutzername"})
    void usernamesAreCalledSoInManyLanguages(String header) throws RowList.Broken {
        assertThat(RowList.read(header + "\nSales" + header.replaceAll(".*?([,;]).*", "$1") + "sales-1", COLUMNS, 9)
                        .lines())
                .containsExactly(Map.of("name", "Sales", "username", "sales-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Company Name,Website",
                "Account,Website",
                "Company,Website",
                "Client,Email",
                "Firma;E-Mail-Adresse",
                "Kunde;Telefon",
                "Nom,Site web",
                "Razón social,Nombre de la empresa",
                "Website,Company Name",
                "Шаблон|Название компании",
            })
    void theFirstLineOfAnotherSystemIsNoLine(String header) throws RowList.Broken {
        String separator = header.replaceAll(".*?([,;|]).*", "$1");
        boolean isNameFirst = !header.startsWith("Website") && !header.startsWith("Raz") && !header.startsWith("Ш");
        String line = isNameFirst ? "Sales" + separator + "x" : "x" + separator + "Sales";
        assertThat(RowList.read(header + "\n" + line, COLUMNS, 9).lines())
                .extracting(fields -> fields.get("name"))
                .containsExactly("Sales");
    }

    /// Spreadsheets write a cleared row as `,,`.
    @Test
    void whatMeansNothingHereIsNamed() throws RowList.Broken {
        RowList list = RowList.read(",,,,\nName,Website,,Plan Name,name\nSales,sales.example,,Pro,x\n,,,,", COLUMNS, 9);
        assertThat(list.lines()).extracting(line -> line.get("name")).containsExactly("Sales");
        assertThat(list.leftOutText()).isEqualTo("Columns that are left out: Website, Plan Name, name.");
        assertThat(RowList.read("Name,Email\nSales,", COLUMNS, 9).leftOutText()).isEmpty();
        assertThat(RowList.read("Sales,x,y", COLUMNS, 9).leftOutText())
                .as("no line names columns")
                .isEmpty();
    }

    @Test
    void anAddressIsTheEmailWhereverItStands() throws RowList.Broken {
        assertThat(RowList.read(
                                "North, lead@north.example\nSouth <lead@south.example>\nWest,west,lead@west.example\n"
                                        + "East,@east\nMore <3,more",
                                List.of("name", "username", "email"),
                                9)
                        .lines())
                .containsExactly(
                        Map.of("name", "North", "username", "", "email", "lead@north.example"),
                        Map.of("name", "South", "email", "lead@south.example"),
                        Map.of("name", "West", "username", "west", "email", "lead@west.example"),
                        Map.of("name", "East", "username", "@east"),
                        Map.of("name", "More <3", "username", "more"));
    }

    @Test
    void addressesMayBeCopiedFromMailPrograms() throws RowList.Broken {
        assertThat(RowList.read(
                                "name;email\nSales;Anna <anna@client.example>\nShop;mailto:x@münchen.example\nA;nonsense",
                                COLUMNS,
                                9)
                        .lines())
                .extracting(fields -> fields.get("email"))
                .containsExactly("anna@client.example", "x@xn--mnchen-3ya.example", "nonsense");
    }
}
