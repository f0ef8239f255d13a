// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logtoolbar.h"

#include "models/celltext.h"
#include "widgets/common/copiedsign.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/icons.h"

#include <QComboBox>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <array>

namespace {

constexpr int roomForWords = 940;
constexpr std::array tailChoices{100, 500, 1000, 5000, 10000};
constexpr int firstTailChoice = 2;

QComboBox *createCombo(const char *name, const QString &accessibleName, int minimumLetters, QWidget *parent)
{
    auto *combo = new QComboBox(parent);
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(accessibleName);
    combo->setToolTip(accessibleName);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(minimumLetters);
    return combo;
}

/// "Copy all lines (Alt+Y)"
QString withKey(const QString &words, const QString &toolTip)
{
    return QStringLiteral("%1 (%2)").arg(toolTip, QKeySequence::mnemonic(words).toString(QKeySequence::NativeText));
}

QPushButton *createButton(
    const char *name, Icons::Name icon, const QString &text, const QString &toolTip, QWidget *parent)
{
    auto *button = new QPushButton(Icons::icon(icon), text, parent);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setToolTip(withKey(text, toolTip));
    button->setProperty("words", text);
    return button;
}

} // namespace

LogToolBar::LogToolBar(QWidget *parent)
    : QWidget(parent)
{
    createChoices();
    createButtons();
    arrange();
    setLinesPresent(false);
}

void LogToolBar::createChoices()
{
    m_pod = createCombo("podCombo", tr("Pod"), 10, this);
    m_container = createCombo("containerCombo", tr("Container"), 9, this);
    m_tailLines = createCombo("tailLinesCombo", tr("Lines to begin with"), 11, this);
    for (const int lines : tailChoices)
        m_tailLines->addItem(tr("%1 lines").arg(QLocale().toString(lines)), lines);
    m_tailLines->addItem(tr("All lines"));
    m_tailLines->setCurrentIndex(firstTailChoice);

    connect(m_pod, &QComboBox::currentIndexChanged, this, [this] {
        renewContainers();
        Q_EMIT requestChanged();
    });
    connect(m_container, &QComboBox::currentIndexChanged, this, &LogToolBar::requestChanged);
    connect(m_tailLines, &QComboBox::currentIndexChanged, this, &LogToolBar::requestChanged);
}

void LogToolBar::createButtons()
{
    using Icon = Icons::Name;
    m_previous = createButton("previousToggle", Icon::Clock, tr("&Previous"),
        tr("Read the log of the container before its last restart"), this);
    m_previous->setCheckable(true);
    m_follow = createButton("followToggle", Icon::ArrowDown, tr("&Follow"),
        tr("Keep the newest line in sight. Scrolling up leaves it, End takes it up again."), this);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_refresh =
        createButton("logRefreshButton", Icon::Refresh, tr("&Refresh"), tr("Read the log again, also by F5"), this);
    m_copy = createButton("logCopyButton", Icon::Copy, tr("Cop&y"), tr("Copy all lines"), this);
    m_download =
        createButton("logDownloadButton", Icon::Download, tr("&Download…"), tr("Save all lines to a file"), this);

    connect(m_previous, &QPushButton::toggled, this, [this](bool isPrevious) {
        m_follow->setChecked(!isPrevious);
        setDisabledReason(m_follow, isPrevious ? tr("The log of a terminated container has ended.") : QString());
        Q_EMIT requestChanged();
    });
    connect(m_follow, &QPushButton::clicked, this, &LogToolBar::followToggled);
    connect(m_refresh, &QPushButton::clicked, this, &LogToolBar::refreshRequested);
    connect(m_copy, &QPushButton::clicked, this, &LogToolBar::copyRequested);
    connect(m_download, &QPushButton::clicked, this, &LogToolBar::downloadRequested);
}

void LogToolBar::arrange()
{
    auto *layout = new FlowLayout(this);
    layout->setSpacing(Look::spaceS);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_pod, m_container, m_tailLines, m_previous, m_follow})
        layout->addWidget(widget);
    layout->startTrailing();
    for (QPushButton *button : {m_refresh, m_copy, m_download})
        layout->addWidget(button);
}

void LogToolBar::setPods(const QList<RuntimePod> &pods)
{
    if (m_pods == pods)
        return;
    const QString chosen = m_pod->currentData().toString();
    m_pods = pods;
    {
        const QSignalBlocker blocker(m_pod);
        m_pod->clear();
        QStringList names;
        for (const RuntimePod &pod : pods)
            names << pod.name;
        for (const QString &name : inOrder(names))
            m_pod->addItem(name, name);
        if (!chosen.isEmpty() && m_pod->findData(chosen) < 0)
            m_pod->addItem(tr("%1 (gone)").arg(chosen), chosen);
        m_pod->setCurrentIndex(std::max(0, m_pod->findData(chosen)));
    }
    renewContainers();
}

void LogToolBar::forgetPods()
{
    const QSignalBlocker podBlocker(m_pod);
    const QSignalBlocker containerBlocker(m_container);
    m_pods.clear();
    m_pod->clear();
    m_container->clear();
}

void LogToolBar::renewContainers()
{
    const QString name = m_pod->currentData().toString();
    const auto pod =
        std::find_if(m_pods.begin(), m_pods.end(), [&name](const RuntimePod &each) { return each.name == name; });
    if (pod == m_pods.end())
        return;
    const QString chosen = m_container->currentText();
    const QSignalBlocker blocker(m_container);
    m_container->clear();
    m_container->addItems(pod->containers);
    const int same = m_container->findText(chosen);
    m_container->setCurrentIndex(std::max(0, same >= 0 ? same : m_container->findText(pod->defaultContainer)));
}

std::optional<LogRequest> LogToolBar::request() const
{
    if (m_pod->currentIndex() < 0)
        return std::nullopt;
    LogRequest request;
    request.pod = m_pod->currentData().toString();
    request.container = m_container->currentText();
    const QVariant lines = m_tailLines->currentData();
    request.tailLines = lines.isValid() ? std::optional(lines.toInt()) : std::nullopt;
    request.isPrevious = m_previous->isChecked();
    request.isFollowing = m_follow->isChecked();
    return request;
}

void LogToolBar::setFollowing(bool isFollowing)
{
    m_follow->setChecked(isFollowing && !m_previous->isChecked());
}

void LogToolBar::setSelectionPresent(bool isPresent)
{
    const QString what = isPresent ? tr("Copy the selection") : tr("Copy all lines");
    m_copy->setToolTip(withKey(m_copy->property("words").toString(), what));
}

void LogToolBar::showCopied(qint64 lines)
{
    ::showCopied(m_copy, lines == 1 ? tr("Copied 1 line") : tr("Copied %1 lines").arg(QLocale().toString(lines)));
}

void LogToolBar::setLinesPresent(bool arePresent)
{
    const QString reason = arePresent ? QString() : tr("There are no lines yet.");
    setDisabledReason(m_copy, reason);
    setDisabledReason(m_download, reason);
}

void LogToolBar::resizeEvent(QResizeEvent *)
{
    const bool hasRoom = width() >= roomForWords;
    for (QPushButton *button : {m_refresh, m_copy, m_download}) {
        const QString words = button->property("words").toString();
        button->setText(hasRoom ? words : QString());
        button->setShortcut(QKeySequence::mnemonic(words)); // which setText() takes away with the words
        button->setMaximumWidth(hasRoom ? QWIDGETSIZE_MAX : Look::controlHeight);
    }
}
