package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.messages.MessageContents.Checked;
import dev.banyan.whatsapp.messages.MessageContents.FileSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageContentsTest {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String ID = "018f0000-0000-7000-8000-000000000001";

    @Test
    void aTextIsPlain() {
        Checked.Good good = good("{'text': 'Good morning'}");

        assertThat(good.kind()).isEqualTo(Kind.TEXT);
        assertThat(good.text()).isEqualTo("Good morning");
        assertThat(good.detail()).isEqualTo(new MessageContent.Plain());
    }

    @Test
    void aFileComesFromAnUploadOrALink() {
        assertThat(good("{'type':'image','media':'" + ID + "','caption':'Our shop'}"))
                .isEqualTo(new Checked.Good(
                        Kind.IMAGE,
                        "Our shop",
                        new MessageContent.File(Kind.IMAGE, false),
                        Optional.of(new FileSource.Uploaded(UUID.fromString(ID))),
                        Optional.empty()));
        assertThat(good("{'type':'audio','media':{'id':'" + ID + "'}}").file())
                .contains(new FileSource.Uploaded(UUID.fromString(ID)));
        assertThat(good("{'type':'document','media':{'url':'https://a.example/menu.pdf'}}")
                        .file())
                .contains(new FileSource.Linked("https://a.example/menu.pdf"));
        assertThat(good("{'type':'sticker','media':'https://a.example/s.webp'}").file())
                .contains(new FileSource.Linked("https://a.example/s.webp"));
    }

    @Test
    void aPlaceACardAndAReactionSayWhatTheyAre() {
        assertThat(good("{'type':'location','location':{'latitude':25.08,'longitude':55,'name':'Shop'}}"))
                .satisfies(good -> {
                    assertThat(good.text()).isEqualTo("📍 Shop");
                    assertThat(good.detail()).isEqualTo(new MessageContent.Location(25.08, 55, "Shop", ""));
                });
        assertThat(good("{'type':'contact','contact':{'name':'Amal K','phone':'00971500000301'}}")
                        .detail())
                .extracting(detail ->
                        ((MessageContent.Contacts) detail).cards().getFirst().phone())
                .isEqualTo("+971500000301");
        assertThat(good("{'type':'contact','contacts':[{'name':'Amal','phone':'+971500000301'},"
                                + "{'name':'Omar','phone':'+971500000302'}]}")
                        .text())
                .isEqualTo("👤 Amal and 1 more");
        for (String emoji : new String[] {"👍", "❤️", "👩🏽‍🚀", "🇦🇪", "1️⃣", ""}) {
            assertThat(good("{'type':'reaction','replyTo':'wamid.1','reaction':{'emoji':'" + emoji + "'}}")
                            .detail())
                    .isEqualTo(new MessageContent.Reaction(emoji));
        }
    }

    @Test
    void aTemplateHasNumberedOrNamedValues() {
        var numbered = (MessageContent.Template) good("{'type':'template','template':{'name':'order_ready',"
                        + "'language':'en_US','header':['42'],'body':['Amal','noon'],"
                        + "'buttons':[{'index':1,'value':'abc'}]}}")
                .detail();
        assertThat(numbered.body()).containsExactly("Amal", "noon");
        assertThat(numbered.names()).isEmpty();
        var lines = (MessageContent.Template)
                good("{'type':'template','template':{'name':'hi','language':'en','header':['A\\nB'],"
                                + "'body':['12 Creek Road\\r\\n\\tDubai']}}")
                        .detail();
        assertThat(lines.header()).as("WhatsApp would refuse line breaks later").containsExactly("A B");
        assertThat(lines.body()).containsExactly("12 Creek Road Dubai");
        assertThat(numbered.buttons()).containsExactly(new MessageContent.TemplateButton(1, "url", "abc"));
        var named = (MessageContent.Template)
                good("{'type':'template','template':{'name':'hi','language':'ar','body':{'who':'Amal','at':'noon'}}}")
                        .detail();
        assertThat(named.names()).containsExactly("who", "at");
        assertThat(named.body()).containsExactly("Amal", "noon");
    }

    @Test
    void buttonsAndListsKeepWhatIsChosenFrom() {
        var buttons = (MessageContent.Buttons) good("{'type':'buttons','text':'Tea?','buttons':{'footer':'Now',"
                        + "'buttons':[{'id':'y','title':'Yes'},{'id':'n','title':'No'}]}}")
                .detail();
        assertThat(buttons.buttons()).extracting(MessageContent.Choice::title).containsExactly("Yes", "No");
        var list = (MessageContent.Choices) good("{'type':'list','text':'Which?','list':{'button':'Choose',"
                        + "'sections':[{'rows':[{'id':'1','title':'Honey','description':'1 kg'}]}]}}")
                .detail();
        assertThat(list.sections().getFirst().rows()).containsExactly(new MessageContent.Choice("1", "Honey", "1 kg"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        {'type':'poem','text':'x'} | type | type must be text, image, document, audio, video, sticker, location, contact, reaction, template, buttons or list
        {'text':'x','caption':'y'} | caption | caption can’t be used in a message of type text
        {'type':'image','text':'x','media':'https://a.example/x'} | text | text can’t be used in a message of type image
        {'type':'audio','caption':'x','media':'https://a.example/x'} | caption | caption can’t be used in a message of type audio
        {'type':'image'} | media | media must be an upload’s id or a link
        {'type':'image','media':{'url':'ftp://a.example'}} | media | media must be an upload’s id, or a link that begins with https://
        {'type':'image','media':{'id':'7'}} | media | media.id must be an upload’s id
        {'type':'image','media':{'id':'7','url':'https://a.example'}} | media | media must be an upload’s id or a link: {"id": …} or {"url": …}
        {'type':'image','media':7} | media | media must be an upload’s id or a link: {"id": …} or {"url": …}
        {'type':'location'} | location | location is required
        {'type':'location','location':{'longitude':1}} | location.latitude | location.latitude is required
        {'type':'location','location':{'latitude':91,'longitude':1}} | location.latitude | location.latitude must be from -90 to 90
        {'type':'location','location':{'latitude':1,'longitude':-181}} | location.longitude | location.longitude must be from -180 to 180
        {'type':'contact'} | contact | contact or contacts is required
        {'type':'contact','contacts':[]} | contacts | contacts must have 1 to 257 contacts
        {'type':'contact','contact':{'name':'A','phone':'12'}} | contact.phone | contact.phone must be a phone number
        {'type':'contact','contacts':[{'phone':'+971500000301'}]} | contacts[0].name | contacts[0].name is required
        {'type':'reaction','reaction':{'emoji':'👍'}} | replyTo | replyTo must be the id of the message to react to
        {'type':'reaction','replyTo':'1','reaction':{'emoji':'ok'}} | reaction.emoji | reaction.emoji must be one emoji, or empty to take the reaction back
        {'type':'reaction','replyTo':'1','reaction':{'emoji':'👍👍'}} | reaction.emoji | reaction.emoji must be one emoji, or empty to take the reaction back
        {'type':'reaction','replyTo':'1','reaction':{'emoji':'7'}} | reaction.emoji | reaction.emoji must be one emoji, or empty to take the reaction back
        {'type':'template','template':{'language':'en'}} | template.name | template.name must be lower-case letters, digits and underscores
        {'type':'template','template':{'name':'hi','language':'English'}} | template.language | template.language must be a language such as en or en_US
        {'type':'template','template':{'name':'hi','language':'en','body':'x'}} | template.body | template.body must be a list of texts, or an object of texts by name
        {'type':'template','template':{'name':'hi','language':'en','body':[7]}} | template.body[0] | template.body[0] must be a text
        {'type':'template','template':{'name':'hi','language':'en','body':{'Who':'x'}}} | template.body | Names in template.body must be lower-case letters, digits and underscores
        {'type':'template','template':{'name':'hi','language':'en','buttons':[{'index':12,'value':'x'}]}} | template.buttons[0].index | template.buttons[0].index must be from 0 to 9
        {'type':'template','template':{'name':'hi','language':'en','buttons':[{'type':'call','value':'x'}]}} | template.buttons[0].type | template.buttons[0].type must be url, quick_reply or copy_code
        {'type':'buttons','buttons':{'buttons':[{'id':'1','title':'Yes'}]}} | text | text is required
        {'type':'buttons','text':'x','buttons':{'buttons':[]}} | buttons.buttons | buttons.buttons must have 1 to 3 buttons
        {'type':'buttons','text':'x','buttons':{'buttons':[{'id':'1','title':'A title that is too long'}]}} | buttons.buttons[0].title | buttons.buttons[0].title must be 20 characters or fewer (now 24)
        {'type':'buttons','text':'x','buttons':{'buttons':[{'id':'1','title':'A'},{'id':'1','title':'B'}]}} | buttons.buttons[1].id | buttons.buttons[1].id must be different from the others
        {'type':'list','text':'x','list':{'button':'Go','sections':[]}} | list.sections | list.sections must have 1 to 10 sections
        {'type':'list','text':'x','list':{'button':'Go','sections':[{'rows':[]}]}} | list.sections | list.sections must have 1 to 10 rows in all
        {'type':'list','text':'x','list':{'button':'Go','sections':[{'rows':[{'id':'1','title':'A'}]},{'title':'S','rows':[{'id':'2','title':'A'}]}]}} | list.sections[0].title | list.sections[0].title is required
        {'type':'list','text':'x','list':{'sections':[{'rows':[{'id':'1','title':'A'}]}]}} | list.button | list.button is required
        """)
    void badInputIsNamed(String json, String field, String error) {
        assertThat(MessageContents.check(draft(json))).isEqualTo(new Checked.Bad(new Invalid(field, error)));
    }

    @Test
    void longTextsAreCounted() {
        assertThat(bad("{'type':'image','media':'" + ID + "','caption':'" + "x".repeat(1_025) + "'}"))
                .isEqualTo("caption must be 1024 characters or fewer (now 1025)");
        assertThat(bad("{'type':'buttons','text':'" + "x".repeat(1_025)
                        + "','buttons':{'buttons':[{'id':'1','title':'Yes'}]}}"))
                .isEqualTo("text must be 1024 characters or fewer (now 1025)");
    }

    private static String bad(String json) {
        return ((Checked.Bad) MessageContents.check(draft(json))).invalid().apiMessage();
    }

    private static Checked.Good good(String json) {
        assertThat(MessageContents.check(draft(json))).isInstanceOf(Checked.Good.class);
        return (Checked.Good) MessageContents.check(draft(json));
    }

    private static MessageDraft draft(String json) {
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
            if (!node.has("text")) {
                node.put("text", "");
            }
            return JSON.treeToValue(node, MessageDraft.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(json, failure);
        }
    }
}
