// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statusline.h"

#include "app/statustext.h"
#include "services/messaging/runtimesource.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"

#include <QHBoxLayout>
#include <QPainter>

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

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_operation(createText("operationLabel", this))
    , m_meter(new Meter(this))
    , m_running(createText("runningLabel", this))
    , m_identity(createText("identityLabel", this))
{
    setObjectName(QStringLiteral("statusLine"));
    setFixedHeight(Look::statusHeight);
    m_meter->setObjectName(QStringLiteral("operationMeter"));
    m_meter->setAccessibleName(tr("Progress of the operation"));
    m_meter->setFixedWidth(meterWidth);
    m_identity->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::spaceM, 0, Look::spaceM, 0);
    layout->setSpacing(Look::spaceL);
    layout->addWidget(m_operation);
    layout->addWidget(m_meter);
    layout->addWidget(m_running);
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

void StatusLine::renewIdentity()
{
    m_identity->setText(m_identityText);
    m_identity->setToolTip(m_about);
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
        m_identity->setToolTip(m_about + QStringLiteral("\n\n") + write.reason);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Look::color(Look::Side));
    paintHairline(painter, 0, width(), 0, Look::color(Look::Line));
}
