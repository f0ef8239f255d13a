// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/testview.h"

#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/steplist.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// What all stages together took.
QString totalText(const QList<RuntimeStep> &stages)
{
    std::chrono::milliseconds total{0};
    for (const RuntimeStep &stage : stages)
        total += stage.elapsed.value_or(std::chrono::milliseconds(0));
    return StepList::elapsedText(total);
}

} // namespace

TestView::TestView(int labelWidth, QWidget *parent)
    : QWidget(parent)
    , m_pod(new QComboBox(this))
    , m_button(new QPushButton(this))
    , m_stages(new StepList(this))
    , m_outcome(new InlineMessage(this))
{
    m_pod->setObjectName(QStringLiteral("testPodCombo"));
    m_button->setObjectName(QStringLiteral("testConnectionButton"));
    m_stages->setObjectName(QStringLiteral("connectionStageList"));
    m_stages->setAccessibleName(tr("Stages of the connection test"));
    m_outcome->setObjectName(QStringLiteral("connectionTestMessage"));
    m_pod->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_pod->setMinimumContentsLength(8);
    auto *label = new QLabel(tr("Test through"), this);
    label->setBuddy(m_pod);
    setTextRole(label, Look::SoftText);
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceS);
    line->addWidget(label);
    // in line with the rows above where there is room
    line->addSpacerItem(new QSpacerItem(std::max(0, labelWidth - label->sizeHint().width()), 0, QSizePolicy::Maximum));
    line->addWidget(m_pod, 1);
    line->addWidget(m_button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addLayout(line);
    layout->addWidget(m_stages);
    layout->addWidget(m_outcome);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT stopRequested();
        else
            Q_EMIT testRequested(m_pod->currentData().toString());
    });
    setPods({});
    forget();
    hide();
}

void TestView::setPods(const QList<RuntimePod> &pods)
{
    const QString chosen = m_pod->currentData().toString();
    QList<std::pair<QString, QString>> items{{tr("Any ready pod"), QString()}};
    for (const RuntimePod &pod : pods)
        items.append({pod.ready ? pod.name : tr("%1 (not ready)").arg(pod.name), pod.name});
    for (int i = 0; i < items.size(); ++i) {
        if (i == m_pod->count())
            m_pod->addItem(QString());
        m_pod->setItemText(i, items[i].first);
        m_pod->setItemData(i, items[i].second);
    }
    while (m_pod->count() > items.size())
        m_pod->removeItem(m_pod->count() - 1);
    m_pod->setCurrentIndex(std::max(0, m_pod->findData(chosen)));
}

void TestView::setTest(const QList<RuntimeStep> &stages, bool isRunning, const std::optional<Error> &problem)
{
    m_isRunning = isRunning;
    m_button->setText(isRunning ? tr("Stop") : tr("Test connection"));
    m_pod->setEnabled(!isRunning);
    m_stages->setSteps(stages);
    m_stages->setVisible(!stages.isEmpty());
    m_outcome->setVisible(!stages.isEmpty() && !isRunning);
    if (stages.isEmpty() || isRunning)
        return;
    if (!problem)
        m_outcome->showStanding(
            Tone::Good, tr("Clients can connect"), tr("All stages passed in %1.").arg(totalText(stages)));
    else if (problem->kind == Error::Kind::Cancelled)
        m_outcome->showStanding(Tone::Neutral, problem->summary);
    else
        m_outcome->showStanding(Tone::Bad, tr("Clients can't connect"), {}, problem->detail);
}

void TestView::forget()
{
    setTest({}, false, {});
}
