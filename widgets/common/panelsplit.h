// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

/// A main widget and, when asked for, one panel at its right: beside it where there is room, in its place where there
/// isn't, because half of a table is none. A person sets the panel's width by dragging between the two; it is
/// remembered under `settingsKey`.
class PanelSplit final : public QWidget {
    Q_OBJECT

public:
    PanelSplit(QWidget *main, const QString &settingsKey, QWidget *parent = nullptr);

    /// To be called once for each panel; takes ownership, hides it.
    void addPanel(QWidget *panel);
    /// Nothing: no panel.
    void showPanel(QWidget *panel);
    QWidget *panel() const { return m_panel; }
    /// True while the panel stands in the main widget's place.
    bool isOver() const;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Widget and panel have been given their places, which may be other ones than before.
    void arranged();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int leastWidth() const;
    int panelWidth() const;
    void arrange();
    void placeBeside();
    void coverMain();

    QWidget *m_main;
    QWidget *m_handle;
    QPointer<QWidget> m_panel;
    QString m_settingsKey;
    int m_wantedWidth;
};
