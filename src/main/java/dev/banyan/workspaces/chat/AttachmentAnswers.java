package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Serves uploaded files: pictures are shown, everything else is downloaded.
@Singleton
public record AttachmentAnswers(Attachments attachments) {

    /// Answers with a file that was sent in a conversation which the member may read.
    ///
    /// @return empty if there is no such file, or it is lost
    public Optional<Response> answer(Call call, Member member, ConversationId conversation, String file) {
        return Uuids.parse(file)
                .flatMap(id -> attachments.find(
                        member.owner().tenant(), member.workspace().id(), conversation, id))
                .filter(found -> found.message().isPresent())
                .flatMap(found -> answer(call, found));
    }

    /// @return empty if the file is lost
    public Optional<Response> answer(Call call, Attachment attachment) {
        return attachments
                .content(attachment)
                .map(file ->
                        FileAnswers.guarded(call, file, attachment.name(), attachment.type(), attachment.isPicture()));
    }
}
