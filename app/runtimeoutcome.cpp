// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtimeoutcome.h"

#include "widgets/common/words.h"
#include "widgets/settings/changeplan.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RuntimeOutcome", text);
}

QString podsText(qsizetype count)
{
    return counted(count, tr("1 pod"), tr("%1 pods"));
}

/// What was said of `told` may be a lie by now.
bool isOther(const RuntimeStatus &status, const RuntimeStatus &told)
{
    return status.phase != told.phase || status.readyPods() != told.readyPods()
        || status.isDegraded() != told.isDegraded();
}

} // namespace

RuntimeOutcome::RuntimeOutcome(QString cluster, QString workstation)
    : m_cluster(std::move(cluster))
    , m_workstation(std::move(workstation))
{
}

void RuntimeOutcome::observe(const RuntimeStatus &status, const RuntimeUsage &usage)
{
    // they go from when it begins, and some may be gone before it is seen to
    if (status.phase != RuntimePhase::Absent)
        m_pods = status.phase == RuntimePhase::Deleting ? std::max(m_pods, status.pods.size()) : status.pods.size();
    m_hasSeenItWhole =
        m_hasSeenItWhole || (status.phase != RuntimePhase::Absent && status.phase != RuntimePhase::Deleting);
    if (status.phase == RuntimePhase::Ready && usage.streams)
        m_usage = usage; // a list that can't be read at the moment takes nothing back
    if (isOther(status, m_told))
        dismiss();
    if (m_last.phase == RuntimePhase::Deleting && status.phase == RuntimePhase::Absent) {
        m_text = disabledText();
        m_isFateWanted = true;
        m_told = status;
    } else if (m_last.isInProgress() && status.phase == RuntimePhase::Ready && !status.isDown()) {
        m_text = enabledText(status);
        m_told = status;
    }
    if (status.phase == RuntimePhase::Absent) {
        m_pods = 0;
        m_usage = {};
        m_hasSeenItWhole = false;
    }
    m_last = status;
}

void RuntimeOutcome::dismiss()
{
    m_text.clear();
    m_isFateWanted = false;
}

bool RuntimeOutcome::isFateWanted() const
{
    return m_isFateWanted;
}

void RuntimeOutcome::setFate(const std::optional<NamespaceFate> &fate)
{
    if (!std::exchange(m_isFateWanted, false) || !fate)
        return;
    if (fate->state == NamespaceFate::State::Gone)
        m_text += QLatin1Char(' ') + tr("Its namespace %1 is deleted as well.").arg(m_last.nameSpace);
    else
        m_text += QLatin1Char(' ') + tr("The namespace %1 stays. %2").arg(m_last.nameSpace, fate->why).trimmed();
}

QString RuntimeOutcome::text() const
{
    return m_text;
}

QString RuntimeOutcome::enabledText(const RuntimeStatus &status) const
{
    const RuntimeSpec spec = status.spec.value_or(RuntimeSpec());
    const QString volumes = counted(spec.replicas, tr("1 volume"), tr("%1 volumes"));
    return tr("Enabled NATS on %1%2: %3 ready, %4 of %5 GiB, and the default account with its credential.")
        .arg(m_cluster, askedBy(status), podsText(status.readyPods()), volumes,
            QLocale().toString(spec.storageGibibytes));
}

QString RuntimeOutcome::disabledText() const
{
    // whoever opens a cluster in the middle of this has not seen what there was
    if (!m_hasSeenItWhole || m_pods == 0 || !m_last.spec)
        return tr("Disabled NATS on %1%2: nothing of it is left.").arg(m_cluster, askedBy(m_last));
    const QStringList removed = QStringList{podsText(m_pods)} + disableLosses(*m_last.spec, m_usage);
    return tr("Disabled NATS on %1%2: removed %3.").arg(m_cluster, askedBy(m_last), removed.join(QStringLiteral(", ")));
}

QString RuntimeOutcome::askedBy(const RuntimeStatus &status) const
{
    if (status.requestedBy.isEmpty() || status.requestedBy == m_workstation)
        return {};
    return tr(", as %1 asked").arg(status.requestedBy);
}
