// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"
#include "widgets/common/inlinemessage.h"

#include <functional>
#include <map>

/// What a list page says of a deletion that was not answered with success.
struct RemovalWords {
    QString running; ///< why it can't be deleted again meanwhile
    QString failed; ///< title: "The stream X was not deleted"
    QString unknown; ///< title where no answer came in time: what was asked may still be done
};

/// The deletions of one list page that are under way, at most one an object, and what became of the last one that went
/// wrong: a later success of another object leaves its message. GUI thread.
template <typename Id> class Removals final {
public:
    /// Both must outlive it; `changed` runs whenever a deletion begins or ends.
    Removals(QObject *context, InlineMessage *message, std::function<void()> changed)
        : m_context(context)
        , m_message(message)
        , m_changed(std::move(changed))
    {
    }

    /// `access`, unless that object is being deleted.
    Access access(const Id &id, const Access &access) const
    {
        const auto running = m_running.find(id);
        return running == m_running.end() ? access : Access::no(running->second.words.running);
    }

    void run(const Id &id, Pending<void> removal, const RemovalWords &words)
    {
        Pending<void> &kept = (m_running[id] = {std::move(removal), words}).removal;
        kept.then(m_context, [this, id](const Result<void> &removed) { end(id, removed); });
        m_changed();
    }

private:
    struct Running {
        Pending<void> removal;
        RemovalWords words;
    };

    void end(const Id &id, const Result<void> &removed)
    {
        const RemovalWords words = m_running.extract(id).mapped().words;
        if (!removed) {
            const Error &error = removed.error();
            const bool isUnknown = error.kind == Error::Kind::Timeout;
            m_message->setMessage(isUnknown ? Tone::Warning : Tone::Bad, isUnknown ? words.unknown : words.failed,
                error.summary, error.detail);
            m_told = id;
        }
        if (!removed || m_told == id)
            m_message->setVisible(!removed);
        m_changed();
    }

    QObject *m_context;
    InlineMessage *m_message;
    std::function<void()> m_changed;
    std::map<Id, Running> m_running;
    Id m_told; ///< whom the message is about
};
