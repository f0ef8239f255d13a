// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statusline.h"

#include "app/statustext.h"
#include "services/messaging/runtimesource.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace {

constexpr int meterWidth = 120;

ElidingLabel *createText(const char *name, QWidget *parent)
{
    auto *label = new ElidingLabel({}, parent);
    label->setObjectName(QLatin1String(name));
    label->setFont(Look::captionFont());
    setTextRole(label, Look::SoftText);
    return label;
}

QString textOf(const RunningOperations::Operation &operation)
{
    return operation.percent < 0 ? operation.title
                                 : StatusLine::tr("%1 · %2 %").arg(operation.title).arg(operation.percent);
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_operation(createText("operationLabel", this))
    , m_meter(new Meter(this))
    , m_running(createText("runningLabel", this))
    , m_operationsButton(new QPushButton(this))
    , m_identity(createText("identityLabel", this))
{
    setObjectName(QStringLiteral("statusLine"));
    setFixedHeight(Look::statusHeight);
    m_meter->setObjectName(QStringLiteral("operationMeter"));
    m_meter->setAccessibleName(tr("Progress of the operation"));
    m_meter->setFixedWidth(meterWidth);
    m_operationsButton->setObjectName(QStringLiteral("operationsButton"));
    m_operationsButton->setProperty("flat", true);
    m_operationsButton->setFont(Look::captionFont());
    m_operationsButton->setFixedHeight(Look::statusHeight - 2);
    m_operationsButton->setToolTip(tr("Show what was begun and still runs (Ctrl+Shift+O)"));
    m_operationsButton->hide();
    connect(m_operationsButton, &QPushButton::clicked, this, &StatusLine::openOperations);
    m_identity->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::spaceM, 0, Look::spaceM, 0);
    layout->setSpacing(Look::spaceL);
    layout->addWidget(m_operation);
    layout->addWidget(m_meter);
    layout->addWidget(m_running);
    layout->addWidget(m_operationsButton);
    layout->addStretch(1);
    layout->addWidget(m_identity);
    renew();
}

void StatusLine::setRuntime(RuntimeSource *runtime, const QString &identity, const QString &about)
{
    if (m_runtime)
        m_runtime->disconnect(this);
    m_runtime = runtime;
    m_identityText = identity;
    m_about = about;
    if (m_runtime) {
        connect(m_runtime, &RuntimeSource::statusChanged, this, &StatusLine::renew);
        connect(m_runtime, &RuntimeSource::accessChanged, this, &StatusLine::renewIdentity);
        connect(m_runtime, &RuntimeSource::freshnessChanged, this, &StatusLine::renew);
        connect(m_runtime, &RuntimeSource::freshnessChanged, this, &StatusLine::renewIdentity);
    }
    renew();
    renewIdentity();
}

void StatusLine::renew()
{
    const RuntimeStatus status = m_runtime ? m_runtime->status() : RuntimeStatus();
    const QString operation = operationText(status);
    m_operation->setText(operation);
    m_operation->setVisible(!operation.isEmpty());
    m_meter->setVisible(!operation.isEmpty());
    m_meter->setValue(status.percent() / 100.0);
    m_running->setText(lastSeenText(runtimeText(status), m_runtime ? m_runtime->freshness() : Freshness()));
}

void StatusLine::setOperations(const QList<RunningOperations::Operation> &operations)
{
    m_operations = operations;
    m_operationsButton->setVisible(!operations.isEmpty());
    if (operations.isEmpty())
        return;
    QString text =
        operations.size() == 1 ? textOf(operations.constFirst()) : tr("%1 operations run").arg(operations.size());
    m_operationsButton->setText(text.replace(QLatin1Char('&'), QLatin1String("&&")));
}

void StatusLine::openOperations()
{
    if (m_operations.size() == 1)
        return m_operations.constFirst().show();
    if (m_operations.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("operationsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RunningOperations::Operation &operation : std::as_const(m_operations)) {
        QString text = textOf(operation);
        // what has ended meanwhile may have gone with where it was shown
        menu->addAction(text.replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, number = operation.number] {
            for (const RunningOperations::Operation &each : std::as_const(m_operations)) {
                if (each.number == number)
                    return each.show();
            }
        });
    }
    menu->popup(m_operationsButton->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void StatusLine::renewIdentity()
{
    m_identity->setText(m_identityText);
    m_identity->setToolTip(plainToolTip(m_about));
    if (!m_runtime)
        return;
    const Access write = m_runtime->editAccess();
    const auto tell = [this](const QString &access) {
        m_identity->setText(tr("%1 · %2").arg(m_identityText, lastSeenText(access, m_runtime->freshness())));
    };
    if (write)
        tell(tr("write access"));
    else if (m_runtime->viewAccess())
        tell(tr("read access"));
    if (!write.reason.isEmpty())
        m_identity->setToolTip(plainToolTip(m_about + QStringLiteral("\n\n") + write.reason));
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Look::color(Look::Side));
    paintHairline(painter, 0, width(), 0, Look::color(Look::Line));
}
