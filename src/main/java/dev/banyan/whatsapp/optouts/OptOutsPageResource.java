package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.optouts.OptOutsPage.Form;
import dev.banyan.whatsapp.optouts.OptOutsPage.Row;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Contacts who get no campaigns, and the settings for them.
@Path("/admin/pools/opt-outs")
@RunOnVirtualThread
class OptOutsPageResource {

    private static final String PATH = "/admin/pools/opt-outs";
    private static final int SHOWN = 50;

    private final OptOuts optOuts;

    OptOutsPageResource(OptOuts optOuts) {
        this.optOuts = optOuts;
    }

    @GET
    public Response show(@Context PoolPage page) {
        return Html.ok(draw(page, form(page), FieldErrors.NONE));
    }

    private Form form(PoolPage page) {
        return Form.of(optOuts.settings(page.tenant()));
    }

    @POST
    public Response save(
            @Context PoolPage page,
            @FormParam("outWords") @DefaultValue("") String outWords,
            @FormParam("inWords") @DefaultValue("") String inWords,
            @FormParam("outAnswer") @DefaultValue("") String outAnswer,
            @FormParam("inAnswer") @DefaultValue("") String inAnswer,
            @FormParam("firstContacts") @DefaultValue("") String firstContacts) {
        var form = new Form(outWords, inWords, outAnswer, inAnswer, firstContacts, "", "");
        if (!firstContacts.strip().matches("[0-9]{1,6}")) {
            return again(
                    page, form, new FieldErrors(Map.of("firstContactsPerDay", "Enter a whole number, 0 to 10,000.")));
        }
        var wanted = new OptOutSettings(
                words(outWords),
                words(inWords),
                text(outAnswer),
                text(inAnswer),
                Integer.parseInt(firstContacts.strip()));
        return optOuts.save(page.tenant(), page.actor(), wanted)
                .fold(
                        _ -> Html.seeOther(path(page) + "&done=opt-outs-saved"),
                        refusal -> page.refused(refusal, invalid -> again(page, form, FieldErrors.from(invalid))));
    }

    private static List<String> words(String typed) {
        return typed.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private static String text(String typed) {
        return typed.replace("\r\n", "\n").strip();
    }

    @POST
    @Path("add")
    public Response add(
            @Context PoolPage page,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("note") @DefaultValue("") String note) {
        return optOuts.add(page.tenant(), page.actor(), phone, note)
                .fold(
                        _ -> Html.seeOther(path(page) + "&done=opt-out-added"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> again(page, form(page).with(phone, note), FieldErrors.from(invalid))));
    }

    /// Asks first: the contact has said that it wants no campaigns.
    @GET
    @Path("{contactPhone}/remove")
    public Response confirmRemove(@Context PoolPage page, @PathParam("contactPhone") String contactPhone) {
        OptOut one = optOuts.find(page.tenant(), contactPhone).orElseThrow(PoolPage::notFound);
        PageFrame frame = page.frame("Remove opt-out");
        return Html.ok(Confirmation.asking(
                        "remove",
                        "Send campaigns to <code>{}</code> again?",
                        one.contact().shown())
                .keep("Cancel", PATH + frame.query())
                .under("Numbers", PoolPage.BOARD)
                .under("Opt-outs", PATH)
                .sentence("Do this only if the contact has asked for it:")
                .fact("Campaigns that start from now on include this number")
                .action("Remove opt-out", PATH + "/" + one.contact().inPath() + "/remove")
                .on(page.call(), frame, "Remove"));
    }

    @POST
    @Path("{contactPhone}/remove")
    @WithFormRead
    public Response remove(@Context PoolPage page, @PathParam("contactPhone") String contactPhone) {
        optOuts.remove(page.tenant(), page.actor(), contactPhone).orElseThrow(_ -> PoolPage.notFound());
        return Html.seeOther(page.call(), path(page) + "&done=opt-out-removed");
    }

    private static String path(PoolPage page) {
        return page.path("/opt-outs");
    }

    private Response again(PoolPage page, Form form, FieldErrors errors) {
        return Html.invalid(draw(page, form, errors));
    }

    private OptOutsPage draw(PoolPage page, Form form, FieldErrors errors) {
        Optional<ContactAddress> after = page.query("after").flatMap(ContactAddress::parse);
        List<OptOut> found = optOuts.list(page.tenant(), after, SHOWN + 1);
        return new OptOutsPage(
                page.frame("Opt-outs"),
                found.stream().limit(SHOWN).map(Row::of).toList(),
                after.map(_ -> path(page)),
                found.size() > SHOWN
                        ? Optional.of(path(page) + "&after="
                                + found.get(SHOWN - 1).contact().inPath())
                        : Optional.empty(),
                form,
                errors);
    }
}
