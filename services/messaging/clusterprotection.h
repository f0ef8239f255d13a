// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/mutations.h"
#include "services/domain/protection.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/archivemarks.h"
#include "services/messaging/writeguard.h"

#include <QObject>

class Clock;

/// Whether this program may change the cluster at all: the archive's marks, which are kept in the cluster and count for
/// every workstation and every namespace (ArchiveMarks), and read-only mode, which is this workstation's own. Holds the
/// guard by which every other service reaches the API server, so that nothing is written while it says no; who sends
/// otherwise (to NATS) asks confirm(). docs/adr/0008-archived-and-read-only.md. GUI thread.
class ClusterProtection final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it. `workstation` is who archives.
    ClusterProtection(KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation,
        QObject *parent = nullptr);

    void start();
    /// Looks for marks again now, and for what this person may do about it.
    void refresh();

    /// The way to the API server for whatever asks and changes. Changes are refused while access() says no.
    KubernetesTransport &guarded() { return m_guard; }

    const Protection &state() const { return m_state; }
    /// Why nothing may be changed, or that it may as far as is known here; what the person may do is another question.
    Access access() const { return m_state.access(); }
    /// Whether there is a mark has been read once, or may not be read.
    bool isKnown() const { return m_marks.isKnown(); }
    /// False as well where the marks may not be read.
    bool wasMarkRead() const { return m_marks.wereRead(); }
    /// To ask for them without more ado.
    ArchiveMarks &marks() { return m_marks; }
    /// Asks the cluster for the mark, for a watch may be behind: fails where nothing may be changed, or where nobody
    /// answers. Where it may not be read, what is known stands.
    Flow<void> confirm();

    void setReadOnly(Protection::ReadOnly readOnly);

    /// Whether the mark may be set or removed; the reason names what is missing.
    Access archiveAccess() const;
    Access unarchiveAccess() const;
    /// Whether who archives could unarchive afterwards, as far as permissions decide.
    const Access &undoAccess() const { return m_mayUnarchive; }
    /// Sets the mark, in the runtime's namespace, which is made where it is not there. Refused while an operation on
    /// a runtime is under way; a Conflict says who was faster.
    Pending<void> archive(const QString &reason);
    /// Removes the mark that a person has seen, wherever it is; a Conflict where it is another one by now.
    Pending<void> unarchive(const ArchiveMark &seen);
    /// Neither is under way.
    bool isAtRest() const { return m_mutations.isIdle(); }

Q_SIGNALS:
    /// state(), isKnown(), or whether the mark may be set or removed.
    void changed();

private:
    void adopt(Protection next);
    void adoptMark(std::optional<ArchiveMark> mark);
    void noteMarks();
    /// Where the mark is that may be removed.
    QString markedNameSpace() const;
    Flow<void> mark(QString reason);
    Flow<void> markOnce(ArchiveMark mark);
    Flow<void> checkNothingIsUnderWay();
    Flow<void> unmark(ArchiveMark seen);
    void reviewWhereRefused(const Error &error);
    Flow<void> reviewForever();

    Clock &m_clock;
    QString m_nameSpace;
    QString m_workstation;
    KubernetesClient m_client; ///< past the guard: for the mark alone
    WriteGuard m_guard;
    ArchiveMarks m_marks;
    Protection m_state;
    Access m_mayArchive;
    Access m_mayUnarchive;
    Flow<void> m_reviewing;
    Mutations m_mutations;
};
