// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/standin.h"

#include <QCoreApplication>

#include <memory>

class JetStreamApi;
class JetStreamChanges;
class JetStreamSource;

/// Deletes a consumer and makes it anew from another message on, so that at no moment its settings are nowhere but
/// here: a stand-in beside it holds them, from before it is deleted until it is seen to be there again. Whoever finds a
/// stand-in, on any workstation, can go on from it (docs/adr/0018-consumers-made-anew.md).
///
/// Each step is a change of its own (JetStreamChanges): it asks whether the cluster may be changed, and looks again
/// where no answer comes. Must outlive its flows. GUI thread.
class ConsumerRecreation final {
    Q_DECLARE_TR_FUNCTIONS(ConsumerRecreation)

public:
    /// Both must outlive it.
    ConsumerRecreation(JetStreamSource &source, JetStreamChanges &changes)
        : m_source(source)
        , m_changes(changes)
    {
    }

    /// Answers the new one. `seen` is the consumer as a person has seen it: a Conflict, and nothing done, where it is
    /// another by now, in name or settings. An error says whether it is still there; where it isn't, or nobody knows,
    /// the stand-in stays. It also stays where only its deletion failed, which is no error: the table shows it.
    Flow<Consumer> recreate(Consumer seen, ConsumerReset reset);
    /// Goes on from `standIn`, as a person has seen it: makes whom it stands in for where that isn't there, and deletes
    /// the stand-in. Answers whom it stood in for. A Conflict, and nothing done, where that was Overtaken.
    Flow<Consumer> finish(Consumer standIn);

private:
    using Api = std::shared_ptr<JetStreamApi>;

    Flow<Consumer> keep(Api api, Consumer present, QJsonObject recreated);
    Flow<void> remove(Api api, Consumer present);
    Flow<Consumer> make(Api api, StandIn kept, Consumer standIn);
    Flow<Consumer> create(Api api, ConsumerId id, QJsonObject config);
    Flow<void> letGo(Api api, ConsumerId consumer, Consumer standIn);

    JetStreamSource &m_source;
    JetStreamChanges &m_changes;
};
