// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environmentdialog.h"

#include "app/statustext.h"
#include "widgets/common/field.h"
#include "widgets/common/painting.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/tag.h"
#include "widgets/common/words.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

using Color = ClusterEnvironment::Color;

constexpr int dialogWidth = 440;

QString colorName(Color color)
{
    switch (color) {
    case Color::Red:
        return EnvironmentDialog::tr("Red");
    case Color::Amber:
        return EnvironmentDialog::tr("Amber");
    case Color::Green:
        return EnvironmentDialog::tr("Green");
    case Color::Blue:
        return EnvironmentDialog::tr("Blue");
    case Color::Grey:
        break;
    }
    return EnvironmentDialog::tr("Grey");
}

} // namespace

ClusterEnvironment suggestedEnvironment(const QString &cluster)
{
    struct Kind {
        const char *part;
        const char *label;
        Color color;
    };
    static constexpr Kind kinds[]{{"prod", "PROD", Color::Red}, {"prd", "PROD", Color::Red},
        {"live", "PROD", Color::Red}, {"stag", "STAGING", Color::Amber}, {"stg", "STAGING", Color::Amber},
        {"test", "TEST", Color::Blue}, {"qa", "QA", Color::Blue}, {"dev", "DEV", Color::Green},
        {"local", "LOCAL", Color::Grey}, {"minikube", "LOCAL", Color::Grey}, {"kind-", "LOCAL", Color::Grey}};
    for (const Kind &kind : kinds) {
        if (cluster.contains(QLatin1String(kind.part), Qt::CaseInsensitive))
            return {QLatin1String(kind.label), kind.color};
    }
    return {};
}

EnvironmentDialog::EnvironmentDialog(const QString &cluster, const ClusterEnvironment &current, QWidget *parent)
    : QDialog(parent)
    , m_label(new QLineEdit(this))
    , m_color(new SegmentedChoice(this))
    , m_preview(new Tag({}, Tone::Neutral, this))
{
    setObjectName(QStringLiteral("environmentDialog"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Environment of %1").arg(cluster));
    setMinimumWidth(dialogWidth);
    setBackgroundRole(QPalette::Base);
    m_label->setObjectName(QStringLiteral("environmentLabelEdit"));
    m_label->setMaxLength(ClusterEnvironment::longestLabel);
    m_label->setPlaceholderText(tr("PROD, STAGING, DEV…"));
    m_color->setObjectName(QStringLiteral("environmentColorChoice"));
    for (const auto &[color, name] : wireNames(Color{}))
        m_color->addChoice(colorName(color), int(color));
    const ClusterEnvironment shown = current.label.isEmpty() ? suggestedEnvironment(cluster) : current;
    m_label->setText(shown.label);
    m_label->selectAll();
    m_color->setCurrentData(int(shown.color));
    layOut(cluster);
    connect(m_label, &QLineEdit::textChanged, this, &EnvironmentDialog::renewPreview);
    connect(m_color, &SegmentedChoice::currentChanged, this, &EnvironmentDialog::renewPreview);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(environment()); });
    renewPreview();
}

void EnvironmentDialog::layOut(const QString &cluster)
{
    auto *title = new QLabel(breakable(tr("What kind of cluster is %1?").arg(cluster)), this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    title->setFont(Look::sectionFont());
    auto *text =
        new QLabel(tr("Its label and colour stand in the list of clusters, and across the window while it is in "
                      "sight. They are kept on this workstation. An empty label takes them away."),
            this);
    text->setWordWrap(true);
    setTextRole(text, Look::SoftText);
    auto *save = new QPushButton(tr("&Save"), this);
    save->setObjectName(QStringLiteral("saveEnvironmentButton"));
    save->setProperty("primary", true);
    save->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelEnvironmentButton"));
    cancel->setAutoDefault(false);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_preview);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addWidget(new Field(tr("&Label"), m_label, this));
    layout->addWidget(new Field(tr("&Colour"), m_color, this));
    layout->addLayout(buttons);
    setTabOrder(m_label, m_color);
    setTabOrder(m_color, cancel);
    setTabOrder(cancel, save);
    m_label->setFocus();
}

ClusterEnvironment EnvironmentDialog::environment() const
{
    const QString label = m_label->text().trimmed();
    return {label, label.isEmpty() ? Color::Grey : Color(m_color->currentData().toInt())};
}

void EnvironmentDialog::renewPreview()
{
    const ClusterEnvironment shown = environment();
    m_preview->setText(shown.label);
    m_preview->setTone(environmentTone(shown.color));
    m_preview->setVisible(!shown.label.isEmpty());
}
