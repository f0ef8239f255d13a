// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimejournal.h"

#include "services/base/clock.h"
#include "services/base/mapped.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/archivemarks.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/retrying.h"
#include "services/messaging/storedrecord.h"

#include <QCoreApplication>
#include <QJsonObject>

RuntimeJournal::RuntimeJournal(KubernetesClient &client, Clock &clock, const DriverLease &lease, ArchiveMarks &marks,
    QString nameSpace, RuntimeRecord record)
    : m_client(client)
    , m_clock(clock)
    , m_marks(marks)
    , m_nameSpace(std::move(nameSpace))
    , m_record(std::move(record))
    , m_stepBegan(clock.monotonic())
{
    m_record.operation.currentStep.clear();
    m_record.operation.finishedSteps.clear();
    m_record.operation.driver = lease.holder();
}

void RuntimeJournal::noteOwners(const QStringList &uids)
{
    m_record.operation.owners += uids;
    m_record.operation.owners.removeDuplicates();
}

void RuntimeJournal::noteRoles(const QString &problem)
{
    m_record.operation.rolesProblem = problem;
}

Flow<void> RuntimeJournal::enter(QString stepId)
{
    closeCurrentStep();
    m_record.operation.currentStep = stepId;
    auto written = co_await write();
    co_return written;
}

Flow<void> RuntimeJournal::finish()
{
    closeCurrentStep();
    m_record.operation.currentStep.clear();
    m_record.operation.state = RuntimeOperation::State::Done;
    auto written = co_await write();
    co_return written;
}

Flow<void> RuntimeJournal::fail(Error error)
{
    m_record.operation.state = RuntimeOperation::State::Failed;
    m_record.operation.error = error;
    auto written = co_await write();
    co_return written;
}

Flow<void> RuntimeJournal::write()
{
    const std::function<Pending<void>()> ask = [this] { return asPending(writeOnce()); };
    auto written = co_await retrying(m_clock, ask);
    co_return written;
}

Flow<void> RuntimeJournal::writeOnce()
{
    const QJsonObject configMap = m_record.toConfigMap(m_nameSpace);
    // A watch may be behind, and the next step be one that can't be taken back.
    auto mark = co_await m_marks.read();
    if (!mark && mark.error().kind != Error::Kind::Forbidden)
        co_return ::fail(mark.error());
    if (mark && *mark)
        co_return ::fail(Error::Kind::Cancelled, archivedText(**mark));
    auto stored = co_await storedRecord(m_client, m_nameSpace);
    if (!stored)
        co_return ::fail(stored.error());
    if (!*stored || !(*stored)->isOf(m_record.operation.id))
        co_return ::fail(Error::Kind::Conflict,
            QCoreApplication::translate(
                "RuntimeJournal", "The record of the runtime was deleted or given another operation meanwhile."));
    const QJsonObject next = onlyWhere(Preconditions::unchanged((*stored)->object), configMap);
    auto applied = co_await m_client.apply(next, true);
    if (!applied)
        co_return ::fail(applied.error());
    co_return Result<void>();
}

void RuntimeJournal::closeCurrentStep()
{
    RuntimeOperation &operation = m_record.operation;
    const auto now = m_clock.monotonic();
    if (!operation.currentStep.isEmpty())
        operation.finishedSteps[operation.currentStep] = now - m_stepBegan;
    m_stepBegan = now;
}
