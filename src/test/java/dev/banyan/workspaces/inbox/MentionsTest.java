package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.inbox.InboxPage.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {

    @ParameterizedTest
    @CsvSource({
        "'@omar can you look?', omar",
        "'Ask @Omar, please', omar",
        "'(@omar_2)', omar_2",
        "'mail omar@shop.example', ''",
        "'@om', om",
        "'@o', ''",
        "'@anna.smith-2 please', anna.smith-2",
        "'x@@anna.x@y', ''",
        "'@@omar', ''",
        "'＠omar ください', omar",
        "'see https://threads.example/@omar and http://x.example/a?b=@omar', ''",
        "'https://threads.example/@anna is @omar', omar",
        "'@omar@shop', ''",
        "'@a_name_that_is_longer_than_sixty-four_characters_and_so_belongs_to_nobody_at_all', ''"
    })
    void aNameAfterAnAtThatBeginsAWordIsAMention(String text, String name) {
        assertThat(Mentions.names(text)).isEqualTo(name.isEmpty() ? java.util.Set.of() : java.util.Set.of(name));
    }

    @Test
    void oneNoteReachesTenPeopleAtMost() {
        var text = new StringBuilder();
        for (int i = 100; i < 130; i++) {
            text.append("@user").append(i).append(' ');
        }
        assertThat(Mentions.names(text.toString())).hasSize(Mentions.MOST);
        assertThat(Mentions.names("@omar ".repeat(Mentions.MOST) + "@anna")).containsExactly("omar", "anna");
    }

    @Test
    void theDotThatEndsASentenceIsNoPartOfAName() {
        assertThat(Mentions.pieces("Ask @anna.smith.", List.of(new Message.By(7, "anna.smith")), 1))
                .containsExactly(
                        new Piece("Ask ", false, false),
                        new Piece("@anna.smith", true, false),
                        new Piece(".", false, false));
        assertThat(Mentions.pieces("@j.r.", List.of(new Message.By(7, "j.r.")), 1))
                .containsExactly(new Piece("@j.r.", true, false));
    }

    @Test
    void whatFollowsWithoutASpaceIsNoPartOfAName() {
        List<Message.By> anna = List.of(new Message.By(7, "anna.smith"));
        assertThat(Mentions.pieces("@anna.smith.Thanks", anna, 1))
                .containsExactly(new Piece("@anna.smith", true, false), new Piece(".Thanks", false, false));
        assertThat(Mentions.pieces("@anna.smith--see above...", anna, 1).getFirst())
                .isEqualTo(new Piece("@anna.smith", true, false));
        assertThat(Mentions.pieces("@anna.smithson", anna, 1)).hasSize(1);
    }

    @Test
    void onlyThoseWhoWereMentionedAreHighlighted() {
        assertThat(Mentions.pieces("Hi @omar and @nobody!", List.of(new Message.By(7, "Omar")), 7))
                .containsExactly(
                        new Piece("Hi ", false, false),
                        new Piece("@omar", true, true),
                        new Piece(" and @nobody!", false, false));
        assertThat(Mentions.pieces("plain", List.of(), 7)).containsExactly(new Piece("plain", false, false));
    }
}
